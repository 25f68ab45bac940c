import { jobDeadlineMs } from '../../domain/deadline.ts';
import type { Engine } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import { DabirError, toDabirError } from '../../domain/errors.ts';
import { JobAborted } from '../../domain/job-aborted.ts';
import type { Job, Token } from '../../domain/transcription.ts';
import type { SendAnswer } from '../deliver/send-answer.ts';
import { logUnexpected } from '../log-error.ts';
import type { NumberSpeakerIn } from '../ports/documents.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { JobProgress, Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Meter } from '../ports/meter.ts';
import type { Quotas } from '../ports/quotas.ts';
import type { Tokens } from '../ports/tokens.ts';
import type { TranscribeFile } from '../transcribe/transcribe-file.ts';
import { checkQuota } from './check-quota.ts';
import { claimFile } from './claim.ts';
import { commitOutcome } from './commit-outcome.ts';
import { startJobDeadline } from './job-deadline.ts';
import { holdJobLease } from './job-lease.ts';
import { buildCompletedOutcome, buildFailedOutcome } from './outcomes.ts';
import { createProgressReporter } from './progress.ts';
import { reportLostJob, requeueJob } from './requeue.ts';
import { createUsageRecorder, type UsageRecorder } from './usage-recorder.ts';

/** How a worker runs its jobs. */
export type JobTerms = {
  /** Name of this process in the lane, for the history. */
  holder: string;
  jobLeaseMs: number;
  maxAttempts: number;
  /** Delay before the second attempt, in ms; it doubles with each attempt. */
  firstBackoffMs: number;
  /**
   * Time after the choice of an engine during which the user still looks at the chat, in ms. An end within it edits the
   * status message, without a sound; a later one is a new message.
   */
  attentionMs: number;
  /** Maximum time from claim to end, for audio of any length, in ms. */
  maxJobMs: number;
};

export type RunJobDependencies = {
  lanes: Lanes;
  tokens: Tokens;
  quotas: Quotas;
  messenger: Messenger;
  reports: Pick<EngineReports, 'realTimeFactor'>;
  engines: ReadonlyMap<EngineId, Engine>;
  /** From the upload to the transcript. */
  transcribe: TranscribeFile;
  /** From the outcome to the sent answer, in the background. */
  sendAnswer: SendAnswer;
  terms: JobTerms;
  numberSpeakerIn: NumberSpeakerIn;
  meter: Meter;
  log: Log;
};

/**
 * Runs a job: claims the transcription of a token, transcribes the upload, commits the outcome and dispatches the next
 * token. Resolves when the transcription has ended or was requeued; the answer follows in the background, so that it
 * does not delay the next job. A restart of the database loses no result.
 * @param shutdown aborts when this process is about to end: the job is requeued at once
 * @throws DatabaseAwayError when the database stays away, or the signal's reason during a wait for it; the sweep
 * requeues the transcription then
 */
export async function runJob(
  dependencies: RunJobDependencies,
  token: Token,
  shutdown: AbortSignal,
): Promise<void> {
  const { lanes, messenger, reports, quotas, terms, transcribe, meter, log } = dependencies;
  const job = await claimFile({ lanes, ...terms }, token, shutdown);
  if (job === null) {
    log.debug({ transcription: token.id, fence: token.fence }, 'stale token');
    return;
  }
  const { waitedSeconds } = job;
  meter.started(job.engine, waitedSeconds);
  log.info(
    { transcription: job.id, engine: job.engine, attempt: job.attempts, waitedSeconds, state: 'PROCESSING' },
    'processing',
  );
  const usageRecorder = createUsageRecorder(job.engine);
  let latestProgress: JobProgress | null = null;
  const lease = holdJobLease({ lanes, log, jobLeaseMs: terms.jobLeaseMs }, job, () => latestProgress);
  const deadline = startJobDeadline(shutdown, terms.maxJobMs);
  let audioSeconds = 0;
  const mayEdit = () => lease.isHeld() && lease.hasStatusMessage();
  const progress = createProgressReporter(messenger, job, mayEdit, log, async () => {
    const factor = await reports.realTimeFactor(job.engine);
    return factor === null ? null : factor * audioSeconds;
  });
  lease.watchAsking((isAsking) => progress.pause(isAsking));
  try {
    const engine = engineOf(dependencies, job);
    const signal = AbortSignal.any([lease.signal, deadline.signal]);
    const transcribed = await transcribe(engine, job, signal, {
      show(view) {
        if (view.kind === 'processing') latestProgress = view;
        progress.show(view);
      },
      usageRecorder,
      checkLength(seconds) {
        audioSeconds = seconds;
        deadline.setDeadline(jobDeadlineMs(engine.profile, seconds, terms.maxJobMs));
        return checkQuota({ quotas }, job, seconds);
      },
    });
    await progress.end();
    // Within the try: an outcome that the database refuses is an attempt that failed.
    const named = { ...job, fileName: transcribed.fileName };
    await commitOutcome(
      dependencies,
      named,
      buildCompletedOutcome(
        job,
        engine.profile,
        transcribed,
        usageRecorder,
        terms.attentionMs,
        dependencies.numberSpeakerIn(job.languageCode),
      ),
      usageRecorder,
      shutdown,
    );
  } catch (thrown) {
    await progress.end();
    const own = lease.hasStatusMessage() ? job : { ...job, statusMessageId: null };
    await handleFailure(dependencies, own, thrown, usageRecorder, shutdown);
  } finally {
    lease.end();
    deadline.end();
  }
}

function engineOf({ engines }: RunJobDependencies, job: Job): Engine {
  const engine = engines.get(job.engine);
  if (engine === undefined)
    throw new DabirError('engine_unavailable', `no engine ${job.engine} in this process`);
  return engine;
}

/** Handles a job that did not succeed: requeues the transcription, or ends it with its reason. */
async function handleFailure(
  dependencies: RunJobDependencies,
  job: Job,
  thrown: unknown,
  usageRecorder: UsageRecorder,
  shutdown: AbortSignal,
): Promise<void> {
  const { terms } = dependencies;
  const requeue = (error: DabirError | null) =>
    requeueJob(
      { ...dependencies, firstBackoffMs: terms.firstBackoffMs },
      job,
      error,
      usageRecorder,
      shutdown,
    );
  const reason = thrown instanceof JobAborted ? thrown.reason : undefined;
  if (reason === 'lost') return reportLostJob(dependencies, job, 'lease lost; the next worker takes over');
  // lane_requeue ends a transcription that the user has cancelled.
  if (reason === 'cancel' || reason === 'shutdown') return requeue(null);
  const error =
    reason === 'deadline'
      ? new DabirError('deadline_exceeded', 'the job exceeded its deadline')
      : toDabirError(thrown);
  logUnexpected(dependencies.log, { transcription: job.id, engine: job.engine }, error, 'the attempt failed');
  if (error.retryable && job.attempts < terms.maxAttempts) {
    return requeue(error);
  }
  await commitOutcome(
    dependencies,
    job,
    buildFailedOutcome(job, error, usageRecorder, terms.attentionMs),
    usageRecorder,
    shutdown,
  );
}
