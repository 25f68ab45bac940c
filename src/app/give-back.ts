import { setTimeout as sleep } from 'node:timers/promises';
import type { DabirError } from '../domain/errors.ts';
import type { Job, Token } from '../domain/transcription.ts';
import { type AnswerDependencies, answer, cancelled } from './answer.ts';
import { backoffMs } from './backoff.ts';
import { showIfDeleted } from './delete-file.ts';
import { dispatch } from './dispatch.ts';
import type { Lanes, Tokens } from './ports/lanes.ts';
import type { Meter } from './ports/operations.ts';
import { retryWhileDatabaseIsAway } from './retry-database.ts';

export type GiveBackDependencies = AnswerDependencies & {
  lanes: Lanes;
  tokens: Tokens;
  meter: Meter;
  /** Before the second attempt, in milliseconds; it doubles from attempt to attempt. */
  firstBackoffMs: number;
};

/** A database that is away for longer finds the file by its lease, in milliseconds; a process that ends waits no longer. */
const longestAwayMs = 5_000;

/**
 * Gives a file back to its lane, where it keeps the slot: to be tried again after a rest, or, without an error, at once
 * and without counting as an attempt. A cancel that the person asked for meanwhile ends it instead.
 * @param shutdown aborts when this process ends
 */
export async function giveBack(
  dependencies: GiveBackDependencies,
  job: Job,
  error: DabirError | null,
  shutdown: AbortSignal,
): Promise<void> {
  const { lanes, firstBackoffMs, log } = dependencies;
  const delayMs = error === null ? 0 : backoffMs(firstBackoffMs, job.attempts, error.retryAfterMs);
  const { result, token, next } = await retryWhileDatabaseIsAway(
    () => lanes.requeue(job, { error, backoffMs: delayMs, counts: error !== null }),
    { withinMs: longestAwayMs },
  );
  if (result === 'lost') return lost(dependencies, job, 'not given back: the lease was lost');
  if (result === 'cancelled')
    dependencies.meter.ended({
      engine: job.engine,
      state: 'CANCELLED',
      code: null,
      runningSeconds: 0,
      audioSeconds: 0,
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
    'given back',
  );
  if (result === 'cancelled') answer(dependencies, job, [cancelled]);
  else if (error !== null) await showRetrying(dependencies, job, error, delayMs);
}

/** Somebody else has the file, or nobody: it is not ours to end. */
export function lost(
  dependencies: AnswerDependencies & { lanes: Lanes; meter: Meter },
  job: Job,
  message: string,
): void {
  dependencies.meter.leaseLost();
  dependencies.log.warn({ transcription: job.id, fence: job.fence }, message);
  dependencies.background(showIfDeleted(dependencies, job));
}

/**
 * A wake-up call after a rest. The rest is this process's own: BullMQ would measure it by the wall clocks of two machines.
 * Should the process end before it is over, a sweeper sends the token a little later.
 */
async function dispatchLater(
  dependencies: GiveBackDependencies,
  token: Token | null,
  delayMs: number,
  shutdown: AbortSignal,
): Promise<void> {
  await sleep(delayMs, undefined, { signal: shutdown, ref: false }).catch(() => undefined);
  if (!shutdown.aborted) await dispatch(dependencies, token);
}

async function showRetrying(
  { replies, log }: GiveBackDependencies,
  job: Job,
  { code }: DabirError,
  delayMs: number,
): Promise<void> {
  if (job.statusMessageId === null) return;
  await replies
    .showStatus(job, { kind: 'retrying', code, seconds: Math.ceil(delayMs / 1000) })
    .catch(() => log.debug({ transcription: job.id }, 'status not edited'));
}
