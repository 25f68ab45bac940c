import { setTimeout as sleep } from 'node:timers/promises';
import type { DabirError } from '../../domain/errors.ts';
import type { Job, Token } from '../../domain/transcription.ts';
import { databaseWaitMs } from '../database-wait.ts';
import { cancelledStatus, type SendAnswer } from '../deliver/send-answer.ts';
import { dispatch } from '../lane/dispatch.ts';
import {
  showEndingAgain,
  showTransientStatus,
  type TransientStatusDependencies,
} from '../lane/transient-status.ts';
import { logError } from '../log-error.ts';
import type { Lanes } from '../ports/lanes.ts';
import type { Meter } from '../ports/meter.ts';
import type { Tokens } from '../ports/tokens.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';
import { backoffMs } from './backoff.ts';
import type { UsageRecorder } from './usage-recorder.ts';

export type RequeueDependencies = LostJobDependencies & {
  lanes: Pick<Lanes, 'requeue'>;
  tokens: Tokens;
  sendAnswer: SendAnswer;
  /** Delay before the second attempt, in ms; it doubles with each attempt. */
  firstBackoffMs: number;
};

export type LostJobDependencies = TransientStatusDependencies & { meter: Meter };

/**
 * Requeues a job; the transcription stays the active one of its lane. With an error it is retried after a backoff.
 * Without an error it is retried at once, and the attempt does not count. If the user cancelled in the meantime, the
 * transcription ends instead, and what its engine got counts towards the quota.
 * @param shutdown aborts when this process ends
 */
export async function requeueJob(
  dependencies: RequeueDependencies,
  job: Job,
  error: DabirError | null,
  usageRecorder: UsageRecorder,
  shutdown: AbortSignal,
): Promise<void> {
  const { lanes, firstBackoffMs, log } = dependencies;
  const delayMs = error === null ? 0 : backoffMs(firstBackoffMs, job.attempts, error.retryAfterMs);
  const usage = usageRecorder.usageSoFar();
  const { result, token, next } = await retryWhileDatabaseIsAway(
    () => lanes.requeue(job, { error, backoffMs: delayMs, countsAsAttempt: error !== null, usage }),
    { withinMs: databaseWaitMs.requeue },
  );
  if (result === 'lost') return reportLostJob(dependencies, job, 'not requeued: the lease was lost');
  if (result === 'cancelled')
    dependencies.meter.ended({
      engine: job.engine,
      state: 'CANCELLED',
      code: null,
      runningSeconds: usageRecorder.wallSeconds(),
      audioSeconds: usage?.audioSeconds ?? 0,
    });
  else if (error !== null) dependencies.meter.attemptFailed(job.engine, error.code);
  if (delayMs === 0) await dispatch(dependencies, token);
  else void dispatchLater(dependencies, token, delayMs, shutdown);
  await dispatch(dependencies, next);
  log.info(
    {
      transcription: job.id,
      state: result === 'cancelled' ? 'CANCELLED' : 'QUEUED',
      code: error?.code,
      cause: error?.message,
      delayMs,
    },
    result === 'cancelled' ? 'cancelled while it ran' : 'requeued',
  );
  if (result === 'cancelled') dependencies.sendAnswer(job, [cancelledStatus]);
  else if (error !== null) await showRetrying(dependencies, job, error, delayMs);
}

/** Records a lost lease: another worker, or none, holds the transcription, so this process must not end it. */
export function reportLostJob(dependencies: LostJobDependencies, job: Job, message: string): void {
  dependencies.meter.leaseLost();
  dependencies.log.warn({ transcription: job.id, fence: job.fence }, message);
  // A late edit by this process must not cover the newer status: a deletion, or the other worker's ending.
  showEndingAgain(dependencies, job);
}

/**
 * Sends a token after a delay. This process measures the delay, because BullMQ would compare the wall clocks of two
 * machines. If the process ends before that, the sweep sends the token a little later.
 */
async function dispatchLater(
  dependencies: RequeueDependencies,
  token: Token | null,
  delayMs: number,
  shutdown: AbortSignal,
): Promise<void> {
  await sleep(delayMs, undefined, { signal: shutdown, ref: false }).catch(() => undefined);
  if (!shutdown.aborted) await dispatch(dependencies, token);
}

async function showRetrying(
  dependencies: RequeueDependencies,
  job: Job,
  { code }: DabirError,
  delayMs: number,
): Promise<void> {
  if (job.statusMessageId === null) return;
  const view = { kind: 'retrying', code, seconds: Math.ceil(delayMs / 1000) } as const;
  await showTransientStatus(dependencies, job, view).catch((error) =>
    logError(dependencies.log, 'debug', { transcription: job.id }, error, 'status not edited'),
  );
}
