/** Longest backoff when the engine asked for no delay, in ms. */
const maxBackoffMs = 5 * 60_000;

/**
 * Longest delay that is accepted from an engine, in ms. An engine that asks for a longer one is tried again after this.
 */
const maxRetryAfterMs = 60 * 60_000;

/**
 * Returns the delay until the next attempt, in ms: doubling, or at least what the engine asked for. Jitter keeps many
 * jobs from coming back at the same time.
 * @param firstMs delay before the second attempt, in ms
 * @param attempts number of attempts so far
 * @param retryAfterMs delay that the engine asked for, in ms; null when it asked for none
 */
export function backoffMs(firstMs: number, attempts: number, retryAfterMs: number | null): number {
  if (retryAfterMs !== null) {
    return Math.round(Math.min(maxRetryAfterMs, retryAfterMs) * (1 + Math.random() / 4));
  }
  return Math.round(Math.min(maxBackoffMs, firstMs * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2));
}
