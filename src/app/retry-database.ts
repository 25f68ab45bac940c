import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseAwayError } from './ports/database.ts';

export type RetryLimits = {
  /** No call begins later than this after the first one, in ms. */
  readonly withinMs: number;
  /** Ends the retries; the function then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called once, after the first failed call. */
  readonly onAway?: () => void;
};

/** Maximum pause before the second call, in ms; it doubles with each call, up to the longest pause. */
const firstPauseMs = 40;
/** Longest pause, in ms. After a restart of the database a heartbeat has to come before any sweep. */
const maxPauseMs = 300;

/**
 * Repeats a database call while the database is away (DatabaseAwayError), with jitter so that many callers do not come
 * at the same time. Resolves to the first answer. The call must be safe to repeat, because its answer may have been
 * lost on the way.
 * @param call gets true when an earlier call failed, which may have been carried out nevertheless
 * @throws any other error at once, the last DatabaseAwayError when the time is over, or the signal's reason
 */
export async function retryWhileDatabaseIsAway<T>(
  call: (again: boolean) => Promise<T>,
  { withinMs, signal, onAway }: RetryLimits,
): Promise<T> {
  // Not the wall clock, because it may jump.
  const deadline = performance.now() + withinMs;
  for (let round = 0; ; round += 1) {
    try {
      return await call(round > 0);
    } catch (error) {
      const pauseMs = Math.min(maxPauseMs, firstPauseMs * 2 ** round) * (0.5 + Math.random() / 2);
      if (!(error instanceof DatabaseAwayError) || performance.now() + pauseMs > deadline) throw error;
      if (round === 0) onAway?.();
      await sleep(pauseMs, undefined, signal && { signal }).catch(() => undefined);
      signal?.throwIfAborted();
    }
  }
}

/**
 * Repeats a worker's database call for as long as the worker holds its transcription.
 * @param signal aborts when the lease is lost, or the job is cancelled or past its deadline; the call rejects with its
 * reason then
 */
export function retryWhileHeld<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  return retryWhileDatabaseIsAway(call, { withinMs: Number.POSITIVE_INFINITY, signal });
}
