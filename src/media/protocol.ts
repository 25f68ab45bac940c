import { type ErrorCode, isErrorCode } from '../domain/errors.ts';

/** What one file may cost. */
export type MediaLimits = {
  /** Longest audio that is taken, in seconds; also bounds the output (32,000 bytes a second). */
  readonly maxDurationSeconds: number;
  /** Resident memory of the decoding process in bytes. About 100 MB of it are Node and FFmpeg themselves. */
  readonly maxMemoryBytes: number;
  /** Wall time for the whole decoding in milliseconds. */
  readonly timeoutMs: number;
  /** Largest input file in bytes. */
  readonly maxInputBytes: number;
};

/** What came out of a file. */
export type DecodeResult = {
  /** Seconds of audio in the WAV file, which is what could be decoded. */
  readonly durationSeconds: number;
  /** True when part of the file could not be read; the rest is in the WAV file. */
  readonly damaged: boolean;
  /** FFmpeg's short name of the container, such as `ogg`, `mov`, `matroska`. */
  readonly container: string;
  /** FFmpeg's name of the audio codec, such as `opus`. */
  readonly codec: string;
};

/** One file for the child. Paths are absolute. */
export type DecodeJob = {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly maxDurationSeconds: number;
  readonly maxMemoryBytes: number;
};

/** What the child answers; anything it sends has read a stranger's file, so the parent parses it. */
export type ChildAnswer =
  | { readonly kind: 'started' }
  | { readonly kind: 'decoded'; readonly result: DecodeResult }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: Readonly<Record<string, string | number>>;
    };

const longestMessage = 2_000;

/** Reads an answer; `undefined` when it is none of ours. */
export function parseChildAnswer(value: unknown): ChildAnswer | undefined {
  if (!isRecord(value)) return undefined;
  if (value['kind'] === 'started') return { kind: 'started' };
  if (value['kind'] === 'decoded') {
    const result = parseResult(value['result']);
    return result && { kind: 'decoded', result };
  }
  if (value['kind'] === 'failed' && isErrorCode(value['code'])) {
    const { code, message, details } = value;
    if (typeof message !== 'string') return undefined;
    return {
      kind: 'failed',
      code,
      message: message.slice(0, longestMessage),
      details: parseDetails(details),
    };
  }
  return undefined;
}

function parseResult(value: unknown): DecodeResult | undefined {
  if (!isRecord(value)) return undefined;
  const { durationSeconds, damaged, container, codec } = value;
  if (typeof durationSeconds !== 'number' || !(durationSeconds > 0)) return undefined;
  if (typeof damaged !== 'boolean' || typeof container !== 'string' || typeof codec !== 'string')
    return undefined;
  return { durationSeconds, damaged, container: container.slice(0, 100), codec: codec.slice(0, 100) };
}

function parseDetails(value: unknown): Record<string, string | number> {
  const details: Record<string, string | number> = {};
  if (!isRecord(value)) return details;
  for (const [name, detail] of Object.entries(value)) {
    if (typeof detail === 'number' || typeof detail === 'string') details[name] = detail;
  }
  return details;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
