import { setTimeout as sleep } from 'node:timers/promises';
import { DabirError, toDabirError } from '../domain/errors.ts';

export type PollTimes = {
  /** Between two questions, in milliseconds. */
  readonly everyMs: number;
  /** In all, in milliseconds. */
  readonly timeoutMs: number;
};

/** Questions in a row that may go wrong before the work is given up: it goes on at the service meanwhile. */
const mostFailuresInRow = 5;

/**
 * Asks a service again and again until it has an answer. A question that goes wrong is asked again, after the rest that
 * the service wants.
 * @param ask resolves to null while the work goes on; rejects with what ends it
 */
export async function poll<T>(
  ask: () => Promise<T | null>,
  { everyMs, timeoutMs }: PollTimes,
  signal: AbortSignal,
): Promise<T> {
  const startedAt = performance.now();
  let failures = 0;
  while (performance.now() - startedAt < timeoutMs) {
    let restMs = everyMs;
    try {
      const answer = await ask();
      if (answer !== null) return answer;
      failures = 0;
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toDabirError(thrown);
      failures += 1;
      if (error.code !== 'engine_failed' || thrown instanceof Final || failures >= mostFailuresInRow)
        throw thrown;
      restMs = Math.max(everyMs, error.retryAfterMs ?? 0);
    }
    await sleep(restMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  throw new DabirError('engine_failed', `the service was not done in ${Math.round(timeoutMs / 1000)} s`);
}

/** The work itself failed at the service: asking again brings nothing. */
export class Final extends DabirError {}
