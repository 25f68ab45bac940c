import { type Delivery, silenceEnds } from '../../domain/delivery.ts';
import type { Job } from '../../domain/transcription.ts';
import { databaseWaitMs } from '../database-wait.ts';
import { cancelledStatus, type SendAnswer } from '../deliver/send-answer.ts';
import { dispatch } from '../lane/dispatch.ts';
import type { Finished, Lanes, Outcome } from '../ports/lanes.ts';
import type { Tokens } from '../ports/tokens.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';
import { type LostJobDependencies, reportLostJob } from './requeue.ts';
import type { UsageRecorder } from './usage-recorder.ts';

export type CommitDependencies = LostJobDependencies & {
  lanes: Pick<Lanes, 'finish' | 'findFinished'>;
  tokens: Tokens;
  sendAnswer: SendAnswer;
};

/**
 * Commits the outcome of a job, dispatches the token of the next one, and has the answer sent in the background. Does
 * nothing when another worker has taken over. The answer of a bundled transcription goes out with its bundle.
 * @param shutdown ends the wait for a database that is away
 */
export async function commitOutcome(
  dependencies: CommitDependencies,
  job: Job,
  outcome: Outcome,
  usageRecorder: UsageRecorder,
  shutdown: AbortSignal,
): Promise<void> {
  const { log, meter } = dependencies;
  const finished = await finish(dependencies, job, outcome, shutdown);
  if (finished.result === 'lost')
    return reportLostJob(dependencies, job, 'commit refused: the lease was lost');
  await dispatch(dependencies, finished.next);
  const state = finished.result === 'cancelled' ? 'CANCELLED' : outcome.state;
  meter.ended({
    engine: job.engine,
    state,
    code: state === 'FAILED' && outcome.state === 'FAILED' ? outcome.error.code : null,
    runningSeconds: usageRecorder.wallSeconds(),
    audioSeconds: outcome.usage?.audioSeconds ?? 0,
  });
  log.info(
    { transcription: job.id, fence: job.fence, state, ...(state === 'FAILED' && causeOf(outcome)) },
    'ended',
  );
  if (finished.isBundled) return;
  const { burst, isHolderUnknown } = finished;
  const answered = burst === undefined ? job : { ...job, statusMessageId: burst.statusMessageId };
  dependencies.sendAnswer(answered, deliveriesOf(outcome, finished), isHolderUnknown);
}

/**
 * Returns what is sent now. While more of the user's files follow, it makes no sound: the last one announces itself. The
 * outbox sends the documents of a burst, several files in one album.
 */
function deliveriesOf(outcome: Outcome, { result, next, burst }: Finished): readonly Delivery[] {
  if (result === 'cancelled') return [cancelledStatus];
  const isLast = next === null && !burst?.hasMore;
  const deliveries = isLast ? outcome.deliveries : silenceEnds(outcome.deliveries);
  const isSpokenFor = burst !== undefined && burst.statusMessageId === null;
  return isSpokenFor ? deliveries.filter((delivery) => !isAlbumOfFiles(delivery)) : deliveries;
}

function isAlbumOfFiles({ kind, payload }: Delivery): boolean {
  return kind === 'album' && payload.formats.length > 0;
}

/**
 * Commits an outcome, also when the database is away for longer than the lease: the result is paid for, and the fence
 * accepts it as long as no other worker has claimed the transcription. A shutdown ends the retries.
 * @returns `isHolderUnknown` is true when the outcome was committed by a call whose response was lost
 */
function finish(
  { lanes, log }: CommitDependencies,
  job: Job,
  outcome: Outcome,
  shutdown: AbortSignal,
): Promise<Finished & { isHolderUnknown: boolean }> {
  return retryWhileDatabaseIsAway(
    async (again) => {
      const finished = await lanes.finish(job, outcome);
      // Refused perhaps because an earlier call went through and only its response was lost.
      const committed = finished.result === 'lost' && again ? await lanes.findFinished(job) : null;
      return { ...(committed ?? finished), isHolderUnknown: committed !== null };
    },
    {
      withinMs: databaseWaitMs.result,
      signal: shutdown,
      onAway: () => log.warn({ transcription: job.id }, 'the database is away; the result waits for it'),
    },
  );
}

function causeOf(outcome: Outcome): object {
  return outcome.state === 'FAILED' ? { code: outcome.error.code, cause: outcome.error.message } : {};
}
