import { jobDeadlineMs } from '../domain/deadline.ts';
import type { Engine } from '../domain/engine.ts';
import type { EngineId } from '../domain/engine-names.ts';
import { DabirError, toDabirError } from '../domain/errors.ts';
import { JobAborted } from '../domain/job-aborted.ts';
import type { Job, Token } from '../domain/transcription.ts';
import { answer, cancelled } from './answer.ts';
import { claimFile } from './claim.ts';
import { dispatch } from './dispatch.ts';
import { holdToQuota } from './hold-to-quota.ts';
import { holdLease } from './lease.ts';
import { createLimits } from './limits.ts';
import { logUnexpected } from './log-error.ts';
import { completed, failed } from './outcomes.ts';
import type { Finished, Outcome } from './ports/lanes.ts';
import type { Quotas } from './ports/quotas.ts';
import { createProgress } from './progress.ts';
import { type RequeueDependencies, reportLostLease, requeueJob } from './requeue.ts';
import { retryWhileDatabaseIsAway } from './retry-database.ts';
import { type TranscribeFileDependencies, transcribeFile } from './transcribe-file.ts';
import { createUsageRecorder, type UsageRecorder } from './usage-recorder.ts';

export type RunJobDependencies = TranscribeFileDependencies &
  RequeueDependencies & {
    engines: ReadonlyMap<EngineId, Engine>;
    quotas: Quotas;
    /** Name of this process in the lane, for the history. */
    holder: string;
    leaseMs: number;
    maxAttempts: number;
    /** Longest time from claim to end, whatever the length of the audio, in ms. */
    maxJobMs: number;
  };

/**
 * Runs a job: claims the transcription of a token, transcribes the upload, commits the outcome and dispatches the next
 * token; then the answer is sent. Resolves when the transcription has ended or was requeued. The answer is sent in the
 * background, so that it does not delay the next job. A restart of the database loses no result.
 * @param shutdown aborts when this process is about to end: the job is requeued at once
 * @throws DatabaseAwayError when the database stays away, or the signal's reason during a wait for it; the sweep
 * requeues the transcription then
 */
export async function runJob(
  dependencies: RunJobDependencies,
  token: Token,
  shutdown: AbortSignal,
): Promise<void> {
  const { lanes, replies, leaseMs, maxJobMs, log } = dependencies;
  const job = await claimFile(dependencies, token, shutdown);
  if (job === null) {
    log.debug({ transcription: token.id, fence: token.fence }, 'stale token');
    return;
  }
  const { waitedSeconds } = job;
  dependencies.meter.started(job.engine, waitedSeconds);
  log.info(
    { transcription: job.id, engine: job.engine, attempt: job.attempts, waitedSeconds, state: 'PROCESSING' },
    'processing',
  );
  const receipt = createUsageRecorder(job.engine);
  const lease = holdLease(lanes, job, leaseMs, log, () => {
    const view = progress.latest();
    return view?.kind === 'processing' ? view : null;
  });
  const limits = createLimits(shutdown, maxJobMs);
  const progress = createProgress(replies, job, lease.isHeld, log);
  try {
    const engine = engineOf(dependencies, job);
    const signal = AbortSignal.any([lease.signal, limits.signal]);
    const heard = await transcribeFile(dependencies, engine, job, signal, {
      show: progress.show,
      receipt,
      decoded(seconds) {
        limits.setDeadline(jobDeadlineMs(engine.profile, seconds, maxJobMs));
        return holdToQuota(dependencies, job, seconds);
      },
    });
    await progress.end();
    const named = { ...job, fileName: heard.fileName };
    await commit(dependencies, named, completed(job, engine.profile, heard, receipt), receipt, shutdown);
  } catch (thrown) {
    await progress.end();
    await giveUp(dependencies, job, thrown, receipt, shutdown);
  } finally {
    lease.end();
    limits.end();
  }
}

function engineOf({ engines }: RunJobDependencies, job: Job): Engine {
  const engine = engines.get(job.engine);
  if (engine === undefined)
    throw new DabirError('engine_unavailable', `no engine ${job.engine} in this process`);
  return engine;
}

async function commit(
  dependencies: RunJobDependencies,
  job: Job,
  outcome: Outcome,
  receipt: UsageRecorder,
  shutdown: AbortSignal,
): Promise<void> {
  const { log, meter } = dependencies;
  const { result, next, isBundled, isHolderUnknown } = await finish(dependencies, job, outcome, shutdown);
  if (result === 'lost') return reportLostLease(dependencies, job, 'commit refused: the lease was lost');
  await dispatch(dependencies, next);
  const state = result === 'cancelled' ? 'CANCELLED' : outcome.state;
  meter.ended({
    engine: job.engine,
    state,
    code: state === 'FAILED' && outcome.state === 'FAILED' ? outcome.error.code : null,
    runningSeconds: receipt.wallSeconds(),
    audioSeconds: outcome.usage?.audioSeconds ?? 0,
  });
  log.info(
    { transcription: job.id, fence: job.fence, state, ...(state === 'FAILED' && causeOf(outcome)) },
    'ended',
  );
  if (!isBundled)
    answer(dependencies, job, result === 'cancelled' ? [cancelled] : outcome.deliveries, isHolderUnknown);
}

/** Maximum time that a result waits for the database, in ms; the transcript of an hour takes about 100 KB of memory. */
const maxFinishMs = 10 * 60_000;

/**
 * Commits an outcome, also when the database is away for longer than the lease: the result is paid for, and the fence
 * accepts it as long as no other worker has claimed the transcription. A shutdown ends the retries.
 * @returns `isHolderUnknown` is true when the outcome was committed by a call whose answer was lost
 */
function finish(
  { lanes, log }: RunJobDependencies,
  job: Job,
  outcome: Outcome,
  shutdown: AbortSignal,
): Promise<Finished & { isHolderUnknown: boolean }> {
  return retryWhileDatabaseIsAway(
    async (again) => {
      const finished = await lanes.finish(job, outcome);
      // Perhaps refused because the first call went through and only its answer was lost.
      const before = finished.result === 'lost' && again ? await lanes.finished(job) : null;
      return { ...(before ?? finished), isHolderUnknown: before !== null };
    },
    {
      withinMs: maxFinishMs,
      signal: shutdown,
      onAway: () => log.warn({ transcription: job.id }, 'the database is away; the result waits for it'),
    },
  );
}

function causeOf(outcome: Outcome): object {
  return outcome.state === 'FAILED' ? { code: outcome.error.code, cause: outcome.error.message } : {};
}

/** Handles a job that did not succeed: requeues the transcription, or ends it with its reason. */
async function giveUp(
  dependencies: RunJobDependencies,
  job: Job,
  thrown: unknown,
  receipt: UsageRecorder,
  shutdown: AbortSignal,
): Promise<void> {
  const reason = thrown instanceof JobAborted ? thrown.reason : undefined;
  if (reason === 'lost') return reportLostLease(dependencies, job, 'lease lost; the next worker takes over');
  // The database itself notices that the user cancelled, however the transcription is requeued.
  if (reason === 'cancel' || reason === 'shutdown') return requeueJob(dependencies, job, null, shutdown);
  const error =
    reason === 'deadline'
      ? new DabirError('deadline_exceeded', 'the job exceeded its deadline')
      : toDabirError(thrown);
  logUnexpected(dependencies.log, { transcription: job.id, engine: job.engine }, error, 'the attempt failed');
  if (error.retryable && job.attempts < dependencies.maxAttempts) {
    return requeueJob(dependencies, job, error, shutdown);
  }
  await commit(dependencies, job, failed(error, receipt), receipt, shutdown);
}
