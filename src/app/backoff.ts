const longestBackoffMs = 5 * 60_000;

/** A service that wants to be left alone for longer is as good as gone: the person is told before that. */
const longestRetryAfterMs = 60 * 60_000;

/**
 * Until the next attempt, in milliseconds: doubling, or what the service asked for and never less; with jitter, so that
 * many do not come back at once.
 * @param firstMs before the second attempt
 * @param attempts made so far
 * @param retryAfterMs what the service asked for, null when it said nothing
 */
export function backoffMs(firstMs: number, attempts: number, retryAfterMs: number | null): number {
  if (retryAfterMs !== null) {
    return Math.round(Math.min(longestRetryAfterMs, retryAfterMs) * (1 + Math.random() / 4));
  }
  return Math.round(Math.min(longestBackoffMs, firstMs * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2));
}
