/**
 * Everything that can go wrong with a file, by the code that the database keeps and a person's sentence is found by
 * (`error-<code>` in the texts). Retryable ones are tried again by the lane. `remedy` is what a person may do about one
 * that stays: try again, pick another engine, or nothing, since the file itself is the reason.
 */
export const errorCodes = {
  file_empty: { retryable: false, remedy: 'none' },
  file_too_large: { retryable: false, remedy: 'none' },
  file_unavailable: { retryable: false, remedy: 'none' },
  download_failed: { retryable: true, remedy: 'retry' },
  link_refused: { retryable: false, remedy: 'none' },
  link_unreachable: { retryable: true, remedy: 'retry' },
  link_denied: { retryable: false, remedy: 'retry' },
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
  engine_rejected: { retryable: false, remedy: 'engine' },
  engine_failed: { retryable: true, remedy: 'retry' },
  parts_missing: { retryable: true, remedy: 'retry' },
  deadline_exceeded: { retryable: false, remedy: 'retry' },
  worker_lost: { retryable: true, remedy: 'retry' },
  disk_full: { retryable: true, remedy: 'retry' },
  internal: { retryable: true, remedy: 'retry' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** True when the text is one of our codes (a database row or a child process may hold anything). */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(errorCodes, text);
}

/**
 * A failure with a code. `message` and `cause` are for the log and never hold a token; a person is told the sentence
 * that belongs to the code, with `details` as its variables.
 */
export class DabirError extends Error {
  override readonly name = 'DabirError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** The service's own wish, in milliseconds; null when it said nothing. */
  readonly retryAfterMs: number | null;
  /** Variables of the person's sentence, such as `{ limitMinutes: 240 }`. */
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

/** What the system says when there is no room for another byte: no space, over quota, over the size limit of a file. */
const fullDisk: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Any thrown value as a DabirError: ours as they are, a full disk as `disk_full`, everything else as `internal`, with
 * its cause kept for the log.
 */
export function toDabirError(thrown: unknown): DabirError {
  if (thrown instanceof DabirError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const systemCode = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return new DabirError(fullDisk.has(systemCode) ? 'disk_full' : 'internal', message, { cause: thrown });
}
