/**
 * Everything that can go wrong with a file, by the code that the database keeps and a person's sentence is found by
 * (`error-<code>` in the texts). Retryable ones are tried again by the lane.
 */
export const errorCodes = {
  file_empty: { retryable: false },
  file_too_large: { retryable: false },
  file_unavailable: { retryable: false },
  download_failed: { retryable: true },
  not_media: { retryable: false },
  no_audio_track: { retryable: false },
  media_damaged: { retryable: false },
  media_too_long: { retryable: false },
  media_too_heavy: { retryable: false },
  no_speech: { retryable: false },
  engine_unavailable: { retryable: true },
  engine_rejected: { retryable: false },
  engine_failed: { retryable: true },
  deadline_exceeded: { retryable: false },
  worker_lost: { retryable: true },
  internal: { retryable: true },
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

/** Any thrown value as a DabirError: ours as they are, everything else `internal` with its cause kept for the log. */
export function toDabirError(thrown: unknown): DabirError {
  if (thrown instanceof DabirError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DabirError('internal', message, { cause: thrown });
}
