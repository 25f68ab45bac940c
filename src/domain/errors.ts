/**
 * All failures of a transcription, by code. The database stores the code, and the text for the user is `error-<code>`.
 * `retryable` failures are retried by the lane. `remedy` is what the user can do about a final failure: retry, choose
 * another engine, or nothing, because the file itself is the reason.
 */
export const errorCodes = {
  file_empty: { retryable: false, remedy: 'none' },
  file_too_large: { retryable: false, remedy: 'none' },
  file_unavailable: { retryable: false, remedy: 'none' },
  download_failed: { retryable: true, remedy: 'retry' },
  link_refused: { retryable: false, remedy: 'none' },
  link_unreachable: { retryable: true, remedy: 'retry' },
  link_denied: { retryable: false, remedy: 'retry' },
  // Somebody may put it there in the meantime.
  link_missing: { retryable: false, remedy: 'retry' },
  link_is_page: { retryable: false, remedy: 'none' },
  link_page_failed: { retryable: false, remedy: 'retry' },
  link_too_large: { retryable: false, remedy: 'none' },
  not_media: { retryable: false, remedy: 'none' },
  no_audio_track: { retryable: false, remedy: 'none' },
  media_damaged: { retryable: false, remedy: 'none' },
  media_too_long: { retryable: false, remedy: 'none' },
  media_too_heavy: { retryable: false, remedy: 'none' },
  quota_spent: { retryable: false, remedy: 'retry' },
  no_speech: { retryable: false, remedy: 'engine' },
  engine_unavailable: { retryable: true, remedy: 'retry' },
  engine_account: { retryable: false, remedy: 'retry' },
  engine_rejected: { retryable: false, remedy: 'engine' },
  engine_failed: { retryable: true, remedy: 'retry' },
  engine_response_unknown: { retryable: false, remedy: 'retry' },
  chunks_missing: { retryable: true, remedy: 'retry' },
  deadline_exceeded: { retryable: false, remedy: 'retry' },
  worker_lost: { retryable: true, remedy: 'retry' },
  disk_full: { retryable: true, remedy: 'retry' },
  internal: { retryable: true, remedy: 'retry' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Returns true for a known code; database rows and child processes can hold other texts. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(errorCodes, text);
}

/**
 * A failure with a code. `message` and `cause` are for the log and never contain a secret. The user reads the text of
 * the code, with `details` as its variables.
 */
export class DabirError extends Error {
  override readonly name = 'DabirError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** Delay that the remote API asked for, in ms; null when it did not ask for one. */
  readonly retryAfterMs: number | null;
  /** Variables of the text for the user, such as `{ limitMinutes: 240 }`. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      cause?: unknown;
      retryable?: boolean;
      retryAfterMs?: number;
      details?: Readonly<Record<string, string | number>>;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? errorCodes[code].retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.details = options.details ?? {};
  }
}

/** System errors for a full disk: no space, over quota, over the size limit of a file. */
const fullDisk: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Converts any thrown value to a DabirError. A DabirError is returned as it is, a full disk becomes `disk_full`, and
 * everything else becomes `internal` with the original as cause.
 */
export function toDabirError(thrown: unknown): DabirError {
  if (thrown instanceof DabirError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const systemCode = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return new DabirError(fullDisk.has(systemCode) ? 'disk_full' : 'internal', message, { cause: thrown });
}
