import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AudioFormat } from '../domain/engine.ts';
import { DabirError, toDabirError } from '../domain/errors.ts';
import { cutWav } from './cut-wav.ts';
import { type DecoderChild, NeverBeganError } from './decoder-child.ts';
import { createDecoderPool, defaultIdleMs } from './decoder-pool.ts';
import { findFfmpeg } from './find-ffmpeg.ts';
import { channelsFile, type DecodeResult, type Ffmpeg, type MediaLimits } from './protocol.ts';
import { type AudioRange, bytesOfRange } from './wav.ts';

export type { DecodeResult, Ffmpeg, MediaLimits } from './protocol.ts';

const bytesPerMegabyte = 1024 * 1024;

/** The two output files of decoding. */
export type DecodeOutput = {
  /** 16 kHz mono 16-bit PCM. */
  readonly wavPath: string;
  /** One byte per 20 ms of the WAV file: its RMS level in dB below full scale, from 0 (full) to 100 (silence). */
  readonly loudnessPath: string;
};

/**
 * The processes that decode users' files and encode chunks of them; `createDecoder` (decoder.ts) makes the
 * application's `Decoder` of them.
 */
export type DecoderProcesses = {
  /**
   * Writes the audio of any file (of a video: its default audio track) to a WAV file. The file's type is detected
   * by its content alone. Gaps in the timestamps become silence, so that later times stay right. On failure the
   * output files are removed.
   *
   * Rejects with a DabirError: `file_empty`; `file_too_large` (`limitMegabytes`); `not_media`; `no_audio_track`;
   * `media_damaged` (nothing could be decoded); `media_too_long` (`limitMinutes`); `media_too_heavy` (memory or
   * time); `internal` (an error of Dabir, retryable); or with the signal's reason.
   */
  decodeToWav(
    inputPath: string,
    output: DecodeOutput,
    limits: MediaLimits,
    signal: AbortSignal,
  ): Promise<DecodeResult>;
  /**
   * Writes a range of a WAV file from `decodeToWav` in another format; a range beyond its end stops there.
   * Resolves to the bytes written. Rejects with `internal` or the signal's reason; the output is then removed.
   */
  cut(
    wavPath: string,
    range: AudioRange,
    format: AudioFormat,
    outputPath: string,
    signal: AbortSignal,
  ): Promise<number>;
  /** Ends all processes; files in progress fail with `internal`. */
  close(): Promise<void>;
};

/**
 * Creates a decoder that reuses up to `poolSize` processes, which saves about 0.1 s per file. Nothing is started before
 * the first file. The number of concurrent files is unlimited: if all processes are busy, a file waits up to a second
 * for one, then gets a new process. A process is reused only after a success, and ends after a minute without a file.
 * @throws Error if no FFmpeg is given and none is found
 */
export function createDecoderProcesses(options: {
  readonly poolSize: number;
  readonly ffmpeg?: Ffmpeg;
  /** Time after which an idle process ends, in ms. */
  readonly idleMs?: number;
}): DecoderProcesses {
  const { poolSize, ffmpeg = findFfmpeg('auto'), idleMs = defaultIdleMs } = options;
  const pool = createDecoderPool(poolSize, ffmpeg, idleMs);
  let closed = false;

  const inOneChild = async <Result>(work: (child: DecoderChild) => Promise<Result>): Promise<Result> => {
    if (closed) throw new DabirError('internal', 'the decoder is closed');
    const child = await pool.acquire();
    let succeeded = false;
    try {
      const result = await work(child);
      succeeded = true;
      return result;
    } catch (error) {
      if (closed) throw new DabirError('internal', 'the decoder was closed');
      throw error;
    } finally {
      // Waits for the process to end before its files are removed, because Windows removes no open file.
      await pool.release(child, succeeded);
    }
  };

  const inChild: typeof inOneChild = (work) =>
    inOneChild(work).catch((error) => {
      // The death of an idle process is noticed only when it gets a file.
      if (error instanceof NeverBeganError && !closed) return inOneChild(work);
      throw error;
    });

  return {
    decodeToWav: (inputPath, output, limits, signal) =>
      orNothing(
        [output.wavPath, output.loudnessPath, channelsFile(output.loudnessPath)],
        signal,
        async () => {
          await checkSize(inputPath, limits);
          signal.throwIfAborted();
          const job = {
            inputPath: resolve(inputPath),
            outputPath: resolve(output.wavPath),
            loudnessPath: resolve(output.loudnessPath),
            maxDurationSeconds: limits.maxDurationSeconds,
            maxMemoryBytes: limits.maxMemoryBytes,
          };
          return inChild(async (child) => {
            const timeout = AbortSignal.timeout(limits.timeoutMs);
            try {
              return await child.decode(job, AbortSignal.any([signal, timeout]));
            } catch (error) {
              if (!timeout.aborted) throw error;
              throw new DabirError('media_too_heavy', `took longer than ${limits.timeoutMs} ms`);
            }
          });
        },
      ),
    cut: (wavPath, range, format, outputPath, signal) =>
      orNothing([outputPath], signal, async () => {
        const bytes = bytesOfRange((await stat(wavPath)).size, range);
        if (format === 'wav') await cutWav(wavPath, bytes, outputPath, signal);
        else {
          const job = { wavPath: resolve(wavPath), bytes, format, outputPath: resolve(outputPath) };
          await inChild((child) => child.encode(job, signal)).catch((error: unknown) => {
            // Errors of encoding are never caused by the user's file.
            throw new DabirError('internal', `encoding ${format}: ${toDabirError(error).message}`);
          });
        }
        return (await stat(outputPath)).size;
      }),
    async close() {
      closed = true;
      await pool.close();
    },
  };
}

/** Decodes one file in a process of its own; see `DecoderProcesses.decodeToWav`. */
export async function decodeToWav(
  inputPath: string,
  output: DecodeOutput,
  limits: MediaLimits,
  signal: AbortSignal,
  ffmpeg?: Ffmpeg,
): Promise<DecodeResult> {
  const decoder = createDecoderProcesses(ffmpeg === undefined ? { poolSize: 0 } : { poolSize: 0, ffmpeg });
  try {
    return await decoder.decodeToWav(inputPath, output, limits, signal);
  } finally {
    await decoder.close();
  }
}

/** Runs `work`; on failure removes its files, and throws a DabirError or the signal's reason. */
async function orNothing<Result>(
  paths: readonly string[],
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    for (const path of paths) await rm(path, { force: true }).catch(() => undefined);
    signal.throwIfAborted();
    throw toDabirError(error);
  }
}

async function checkSize(path: string, limits: MediaLimits): Promise<void> {
  const { size } = await stat(path);
  if (size === 0) throw new DabirError('file_empty', 'the file has no bytes');
  if (size <= limits.maxInputBytes) return;
  const limitMegabytes = Math.floor(limits.maxInputBytes / bytesPerMegabyte);
  throw new DabirError('file_too_large', `${size} bytes`, { details: { limitMegabytes } });
}
