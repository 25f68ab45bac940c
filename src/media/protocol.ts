import type { AudioFormat } from '../domain/engine.ts';
import { type ErrorCode, isErrorCode } from '../domain/errors.ts';
import type { ByteRange } from './wav.ts';

/** Limits for one file. */
export type MediaLimits = {
  /** Maximum duration of the audio in seconds; it also bounds the output (32,000 bytes per second). */
  readonly maxDurationSeconds: number;
  /**
   * Maximum resident memory of the decoding process and its program, in bytes. Node and FFmpeg themselves take
   * about 100 MB.
   */
  readonly maxMemoryBytes: number;
  /** Maximum wall time of the decoding, in ms. */
  readonly timeoutMs: number;
  /** Maximum input file in bytes. */
  readonly maxInputBytes: number;
};

/** Result of decoding one file. */
export type DecodeResult = {
  /** Duration of the WAV file in seconds: the decoded audio, with silence for gaps. */
  readonly durationSeconds: number;
  /** Seconds that could not be read; 0 for an intact file, below 0.1 if the amount is unknown. */
  readonly lostSeconds: number;
  /** FFmpeg's short name of the container, such as `ogg`, `mov`, `matroska`. */
  readonly container: string;
  /** FFmpeg's name of the audio codec, such as `opus`. */
  readonly codec: string;
};

/** FFmpeg as two programs, with absolute paths. */
export type FfmpegPrograms = { readonly kind: 'programs'; readonly ffmpeg: string; readonly ffprobe: string };

/** The FFmpeg of the decoding process: the npm package node-av, or programs of the system. */
export type Ffmpeg = { readonly kind: 'node-av' } | FfmpegPrograms;

/** One file to decode. Paths are absolute. */
export type DecodeJob = {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly loudnessPath: string;
  readonly maxDurationSeconds: number;
  readonly maxMemoryBytes: number;
};

/** Returns the file with the loudness of the channels of a stereo track, beside that of their mix. */
export function channelsFile(loudnessPath: string): string {
  return `${loudnessPath}.channels`;
}

/** Formats that a chunk can be encoded in; WAV needs no encoder. */
export type EncodedFormat = Exclude<AudioFormat, 'wav'>;

/** One chunk to encode. Paths are absolute. */
export type EncodeJob = {
  readonly wavPath: string;
  /** Position of its samples in the WAV file. */
  readonly bytes: ByteRange;
  readonly format: EncodedFormat;
  readonly outputPath: string;
};

/** Requests to the child. */
export type ChildJob =
  | { readonly kind: 'decode'; readonly job: DecodeJob }
  | { readonly kind: 'encode'; readonly job: EncodeJob };

/** Messenger of the child. The parent validates them, because the child has read an untrusted file. */
export type ChildResponse =
  | { readonly kind: 'started' }
  | { readonly kind: 'decoded'; readonly result: DecodeResult }
  | { readonly kind: 'encoded' }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: Readonly<Record<string, string | number>>;
    };

const maxMessageLength = 2_000;

/** Parses a reply; returns `undefined` if it is invalid. */
export function parseChildResponse(value: unknown): ChildResponse | undefined {
  if (!isRecord(value)) return undefined;
  if (value['kind'] === 'started' || value['kind'] === 'encoded') return { kind: value['kind'] };
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
      message: message.slice(0, maxMessageLength),
      details: parseDetails(details),
    };
  }
  return undefined;
}

function parseResult(value: unknown): DecodeResult | undefined {
  if (!isRecord(value)) return undefined;
  const { durationSeconds, lostSeconds, container, codec } = value;
  if (typeof durationSeconds !== 'number' || !(durationSeconds > 0)) return undefined;
  if (typeof lostSeconds !== 'number' || !(lostSeconds >= 0)) return undefined;
  if (typeof container !== 'string' || typeof codec !== 'string') return undefined;
  return { durationSeconds, lostSeconds, container: container.slice(0, 100), codec: codec.slice(0, 100) };
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
