import { jobDeadlineMs } from '../../domain/deadline.ts';
import type { Engine } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import { DabirError, toDabirError } from '../../domain/errors.ts';
import type { GlossaryEntry } from '../../domain/glossary.ts';
import type { UserId } from '../../domain/ids.ts';
import { JobAborted } from '../../domain/job-aborted.ts';
import type { Job, Token } from '../../domain/transcription.ts';
import { dispatch } from '../choose/dispatch.ts';
import { answer, cancelledStatus } from '../deliver/answer.ts';
import type { SentRecord } from '../deliver/sent-record.ts';
import type { QueuePositions } from '../lane/queue-positions.ts';
import { logUnexpected } from '../log-error.ts';
import type { Clips, Deliveries, Documents, Replies, Transcripts, Wording } from '../ports/answers.ts';
import type { BundledTranscripts } from '../ports/bundles.ts';
import type { Chunks } from '../ports/chunks.ts';
import type { Finished, JobProgress, Lanes, Outcome, Tokens } from '../ports/lanes.ts';
import type { AudioSource, Decoder } from '../ports/media.ts';
import type { Log, Meter } from '../ports/operations.ts';
import type { Quotas } from '../ports/quotas.ts';
import type { Amendments, SentAnswers } from '../ports/sent-answers.ts';
import type { Settings } from '../ports/settings.ts';
import { holdToQuota } from '../receive/hold-to-quota.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';
import { transcribeFile } from '../transcribe/transcribe-file.ts';
import { claimFile } from './claim.ts';
import { holdLease } from './lease.ts';
import { createLimits } from './limits.ts';
import { completedOutcome, failedOutcome } from './outcomes.ts';
import { createProgress } from './progress.ts';
import { reportLostLease, requeueJob } from './requeue.ts';
import { createUsageRecorder, type UsageRecorder } from './usage-recorder.ts';

/** Everything that a job needs, from the claim to the sent answer. */
export type RunJobDependencies = {
  // The lane, and the log of what happens in it.
  lanes: Lanes;
  tokens: Tokens;
  quotas: Quotas;
  queuePositions: QueuePositions;
  meter: Meter;
  log: Log;
  /** Name of this process in the lane, for the history. */
  holder: string;
  leaseMs: number;
  maxAttempts: number;
  /** Delay before the second attempt, in ms; it doubles with each attempt. */
  firstBackoffMs: number;
  /** Maximum time from claim to end, whatever the length of the audio, in ms. */
  maxJobMs: number;

  // From the upload to the transcript.
  engines: ReadonlyMap<EngineId, Engine>;
  audioSource: AudioSource;
  decoder: Decoder;
  chunks: Chunks;
  /** Returns a user's spellings, the latest changed first. */
  glossary: { entries(userId: UserId): Promise<readonly GlossaryEntry[]> };

  // From the transcript to the sent answer.
  replies: Replies;
  deliveries: Deliveries;
  sent: SentRecord;
  transcripts: Transcripts;
  documents: Documents;
  wording: Wording;
  settings: Pick<Settings, 'documents'>;
  bundles: BundledTranscripts;
  clips: Clips;
  amendments: Amendments;
  sentAnswers: SentAnswers;
  /** Delay before the outbox retries a failed delivery, in ms. */
  outboxDelayMs: number;
  /** Tracks work that may continue after the job has ended; the process waits for it when it stops. */
  background(work: Promise<void>): void;
  /** Aborts when this process is about to end: no further message is begun, and the outbox keeps the rest. */
  leaving: AbortSignal;
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
  const { replies, maxJobMs, log } = dependencies;
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
  const usageRecorder = createUsageRecorder(job.engine);
  let stage: JobProgress | null = null;
  const lease = holdLease(dependencies, job, () => stage);
  const limits = createLimits(shutdown, maxJobMs);
  const progress = createProgress(replies, job, lease.isHeld, log);
  try {
    const engine = engineOf(dependencies, job);
    const signal = AbortSignal.any([lease.signal, limits.signal]);
    const transcribed = await transcribeFile(dependencies, engine, job, signal, {
      show(view) {
        if (view.kind === 'processing') stage = view;
        progress.show(view);
      },
      usageRecorder,
      checkLength(seconds) {
        limits.setDeadline(jobDeadlineMs(engine.profile, seconds, maxJobMs));
        return holdToQuota(dependencies, job, seconds);
      },
    });
    await progress.end();
    const named = { ...job, fileName: transcribed.fileName };
    await commit(
      dependencies,
      named,
      completedOutcome(job, engine.profile, transcribed, usageRecorder),
      usageRecorder,
      shutdown,
    );
  } catch (thrown) {
    await progress.end();
    await giveUp(dependencies, job, thrown, usageRecorder, shutdown);
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
  usageRecorder: UsageRecorder,
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
    runningSeconds: usageRecorder.wallSeconds(),
    audioSeconds: outcome.usage?.audioSeconds ?? 0,
  });
  log.info(
    { transcription: job.id, fence: job.fence, state, ...(state === 'FAILED' && causeOf(outcome)) },
    'ended',
  );
  if (!isBundled)
    answer(
      dependencies,
      job,
      result === 'cancelled' ? [cancelledStatus] : outcome.deliveries,
      isHolderUnknown,
    );
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
  usageRecorder: UsageRecorder,
  shutdown: AbortSignal,
): Promise<void> {
  const reason = thrown instanceof JobAborted ? thrown.reason : undefined;
  if (reason === 'lost') return reportLostLease(dependencies, job, 'lease lost; the next worker takes over');
  // The database itself notices that the user cancelled, however the transcription is requeued.
  if (reason === 'cancel' || reason === 'shutdown')
    return requeueJob(dependencies, job, null, usageRecorder, shutdown);
  const error =
    reason === 'deadline'
      ? new DabirError('deadline_exceeded', 'the job exceeded its deadline')
      : toDabirError(thrown);
  logUnexpected(dependencies.log, { transcription: job.id, engine: job.engine }, error, 'the attempt failed');
  if (error.retryable && job.attempts < dependencies.maxAttempts) {
    return requeueJob(dependencies, job, error, usageRecorder, shutdown);
  }
  await commit(dependencies, job, failedOutcome(error, usageRecorder), usageRecorder, shutdown);
}
