import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseAwayError } from './ports/database.ts';

export type RetryLimits = {
  /** No call is begun later than so long after the first, in milliseconds. */
  readonly withinMs: number;
  /** Ends the retries: rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called once, after the first call that failed. */
  readonly onAway?: () => void;
};

/** Before the second call, in milliseconds; it doubles from call to call, up to the longest. */
const firstPauseMs = 40;
/** A database that is back is found within so long, in milliseconds: a heartbeat has to come before any sweeper. */
const longestPauseMs = 300;

/**
 * Calls the database again for as long as it is away (DatabaseAwayError), with jitter so that many callers do not come
 * at once. Resolves to the first answer. Rejects at once with any other error, and with the last DatabaseAwayError when
 * the time is over. The call must be one that may happen twice: its answer may have been lost on the way.
 * @param call gets true when an earlier call failed, which may have been carried out all the same
 */
export async function retryWhileDatabaseIsAway<T>(
  call: (again: boolean) => Promise<T>,
  { withinMs, signal, onAway }: RetryLimits,
): Promise<T> {
  // Not the wall clock: it may jump.
  const deadline = performance.now() + withinMs;
  for (let round = 0; ; round += 1) {
    try {
      return await call(round > 0);
    } catch (error) {
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** round) * (0.5 + Math.random() / 2);
      if (!(error instanceof DatabaseAwayError) || performance.now() + pauseMs > deadline) throw error;
      if (round === 0) onAway?.();
      await sleep(pauseMs, undefined, signal && { signal }).catch(() => undefined);
      signal?.throwIfAborted();
    }
  }
}

/**
 * The same for a worker's call on behalf of its file, for as long as it holds the file.
 * @param signal aborts when the file is lost, cancelled, or too long under way; rejects with its reason then
 */
export function whileHeld<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  return retryWhileDatabaseIsAway(call, { withinMs: Number.POSITIVE_INFINITY, signal });
}
