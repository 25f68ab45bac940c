import type { AudioFormat } from '../domain/engine.ts';
import { type ErrorCode, isErrorCode } from '../domain/errors.ts';
import type { ByteRange } from './wav.ts';

/** What one file may cost. */
export type MediaLimits = {
  /** Longest audio that is taken, in seconds; also bounds the output (32,000 bytes a second). */
  readonly maxDurationSeconds: number;
  /** Resident memory of the decoding process, and of the program that works for it, in bytes. About 100 MB of it are Node and FFmpeg themselves. */
  readonly maxMemoryBytes: number;
  /** Wall time for the whole decoding in milliseconds. */
  readonly timeoutMs: number;
  /** Largest input file in bytes. */
  readonly maxInputBytes: number;
};

/** What came out of a file. */
export type DecodeResult = {
  /** Seconds of audio in the WAV file: what could be decoded, with silence where the file has nothing to hear. */
  readonly durationSeconds: number;
  /** Seconds that could not be read; 0 when the file is whole, below 0.1 when something is missing and nothing says how much. */
  readonly lostSeconds: number;
  /** FFmpeg's short name of the container, such as `ogg`, `mov`, `matroska`. */
  readonly container: string;
  /** FFmpeg's name of the audio codec, such as `opus`. */
  readonly codec: string;
};

/** FFmpeg as programs; whole paths. */
export type FfmpegPrograms = { readonly kind: 'programs'; readonly ffmpeg: string; readonly ffprobe: string };

/** The FFmpeg that the decoding process uses: the npm package node-av, or programs that the system has. */
export type Ffmpeg = { readonly kind: 'node-av' } | FfmpegPrograms;

/** One file to decode. Paths are absolute. */
export type DecodeJob = {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly loudnessPath: string;
  readonly maxDurationSeconds: number;
  readonly maxMemoryBytes: number;
};

/** How a part of our own WAV file can be encoded; WAV needs no encoder. */
export type EncodedFormat = Exclude<AudioFormat, 'wav'>;

/** One part to encode. Paths are absolute. */
export type EncodeJob = {
  readonly wavPath: string;
  /** Where its samples are in the WAV file. */
  readonly bytes: ByteRange;
  readonly format: EncodedFormat;
  readonly outputPath: string;
};

/** What the child is asked to do. */
export type ChildJob =
  | { readonly kind: 'decode'; readonly job: DecodeJob }
  | { readonly kind: 'encode'; readonly job: EncodeJob };

/** What the child answers; anything it sends has read a stranger's file, so the parent parses it. */
export type ChildAnswer =
  | { readonly kind: 'started' }
  | { readonly kind: 'decoded'; readonly result: DecodeResult }
  | { readonly kind: 'encoded' }
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
      message: message.slice(0, longestMessage),
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
