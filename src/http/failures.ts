import { DabirError, type ErrorCode } from '../domain/errors.ts';

/** The parts of a response that an error is derived from. */
export type FailedResponse = {
  readonly status: number;
  readonly headers: Headers;
  /** The service's error text, without secrets. */
  readonly words: string;
};

/** A failure that a service reported by the status of its response. */
export class ServiceError extends DabirError {
  /** HTTP status of the response. */
  readonly status: number;

  constructor(
    status: number,
    code: ErrorCode,
    message: string,
    options: ConstructorParameters<typeof DabirError>[2] = {},
  ) {
    super(code, message, options);
    this.status = status;
  }
}

/** Maximum Retry-After that is accepted, in ms. */
const maxRetryAfterMs = 60 * 60_000;

/** Maps an unsuccessful response to an error, by the semantics of HTTP. */
export function failureOf({ status, headers, words }: FailedResponse): ServiceError {
  const message = `the service answered ${status}${words === '' ? '' : `: ${words}`}`;
  const failed = (code: ErrorCode, text: string, options = {}) =>
    new ServiceError(status, code, text, options);
  if (status === 401 || status === 402 || status === 403) return failed('engine_account', message);
  if (status >= 300 && status < 400) {
    // Following it would send the credentials or the file to another host.
    return failed(
      'engine_account',
      `the service's address leads elsewhere (${status}); set its base URL right`,
    );
  }
  if (status === 404 || status === 405)
    return failed('engine_account', `${message} (check its base URL and model)`);
  if (status === 429 || status === 503) {
    const retryAfterMs = readRetryAfter(headers);
    return failed('engine_failed', message, retryAfterMs === null ? {} : { retryAfterMs });
  }
  if (status === 408 || status === 409 || status === 425 || status >= 500)
    return failed('engine_failed', message);
  return failed('engine_rejected', message);
}

/**
 * Creates the error for the account, its credit or its configuration: every other file would fail too until an
 * admin corrects it.
 */
export function createAccountError(message: string): DabirError {
  return new DabirError('engine_account', message);
}

/**
 * Reads Retry-After (RFC 9110): seconds, or a date, which is compared with the response's own Date header if there
 * is one.
 * @returns ms, at most one hour; null if the header is missing or invalid
 */
export function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(maxRetryAfterMs, Number(value) * 1000);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return null;
  const now = Date.parse(headers.get('date') ?? '');
  return Math.min(maxRetryAfterMs, Math.max(0, until - (Number.isNaN(now) ? Date.now() : now)));
}
