import { DabirError } from '../../domain/errors.ts';

/** A reply of a service, as far as a failure is told from it. */
export type FailedReply = {
  readonly status: number;
  readonly headers: Headers;
  /** The service's own words, already without secrets. */
  readonly words: string;
};

/** A service that asks for a longer rest is not believed, in milliseconds. */
const longestRetryAfterMs = 60 * 60_000;

/** What a reply that is no success means for the file, by HTTP's own rules. */
export function failureOf({ status, headers, words }: FailedReply): DabirError {
  const message = `the service answered ${status}${words === '' ? '' : `: ${words}`}`;
  if (status === 401 || status === 402 || status === 403) return accountFailure(message);
  if (status >= 300 && status < 400) {
    // Whoever follows it would send the credentials, or the file, to somebody else.
    return accountFailure(`the service's address leads elsewhere (${status}); set its base URL right`);
  }
  if (status === 404 || status === 405) return accountFailure(`${message} (is its base URL or model right?)`);
  if (status === 429 || status === 503) {
    const retryAfterMs = readRetryAfter(headers);
    return new DabirError('engine_failed', message, retryAfterMs === null ? {} : { retryAfterMs });
  }
  if (status === 408 || status === 409 || status === 425 || status >= 500)
    return new DabirError('engine_failed', message);
  return new DabirError('engine_rejected', message);
}

/** The account, its credit or its configuration: every other file would fail as well until an operator mends it. */
export function accountFailure(message: string): DabirError {
  return new DabirError('engine_unavailable', message, { retryable: false });
}

/**
 * The rest that a service asks for (RFC 9110, Retry-After): seconds, or a date, which is measured by the service's own
 * clock where it tells it.
 * @returns milliseconds, null when it asks for none
 */
export function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(longestRetryAfterMs, Number(value) * 1000);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return null;
  const now = Date.parse(headers.get('date') ?? '');
  return Math.min(longestRetryAfterMs, Math.max(0, until - (Number.isNaN(now) ? Date.now() : now)));
}
