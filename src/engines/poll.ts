import { setTimeout as sleep } from 'node:timers/promises';
import { DabirError, toDabirError } from '../domain/errors.ts';

/** Times of polling. */
export type PollTimes = {
  /** Time between two status requests, in ms. */
  readonly everyMs: number;
  /** Total time, in ms. */
  readonly timeoutMs: number;
};

/** Consecutive failed requests before polling gives up; the service continues to work in spite of them. */
const maxFailuresInRow = 5;

/**
 * Polls a service until it has a result. A failed status request is repeated after the delay that the service asks for.
 * @param ask resolves to null while the service works; rejects with an error that ends polling
 * @throws DabirError `engine_failed` after `timeoutMs`; the signal's reason on abort
 */
export async function pollResult<T>(
  ask: () => Promise<T | null>,
  { everyMs, timeoutMs }: PollTimes,
  signal: AbortSignal,
): Promise<T> {
  const startedAt = performance.now();
  let failures = 0;
  while (performance.now() - startedAt < timeoutMs) {
    let pauseMs = everyMs;
    try {
      const answer = await ask();
      if (answer !== null) return answer;
      failures = 0;
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toDabirError(thrown);
      failures += 1;
      if (error.code !== 'engine_failed' || thrown instanceof FinalError || failures >= maxFailuresInRow)
        throw thrown;
      pauseMs = Math.max(everyMs, error.retryAfterMs ?? 0);
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  throw new DabirError('engine_failed', `the service needed more than ${Math.round(timeoutMs / 1000)} s`);
}

/** Failure of the processing at the service; polling again cannot succeed. */
export class FinalError extends DabirError {}
