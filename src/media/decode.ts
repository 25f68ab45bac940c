import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DabirError, toDabirError } from '../domain/errors.ts';
import { createDecoderPool } from './decoder-pool.ts';
import type { DecodeResult, MediaLimits } from './protocol.ts';

export type { DecodeResult, MediaLimits } from './protocol.ts';

const bytesPerMegabyte = 1024 * 1024;

/** Decodes people's files in processes of their own. */
export type Decoder = {
  /**
   * Makes a 16 kHz mono 16-bit PCM WAV file of the audio (of a video: its default audio track) in any file.
   * What kind of file it is, is decided by its content alone. On failure the output file is removed.
   *
   * Rejects with a DabirError: `file_empty`; `file_too_large` (`limitMegabytes`); `not_media`; `no_audio_track`;
   * `media_damaged` (nothing could be decoded); `media_too_long` (`limitMinutes`); `media_too_heavy` (memory or time);
   * `internal` (our own trouble, retryable) — or with the signal's reason.
   */
  decodeToWav(
    inputPath: string,
    outputPath: string,
    limits: MediaLimits,
    signal: AbortSignal,
  ): Promise<DecodeResult>;
  /** Ends all processes; files at work fail with `internal`. */
  close(): Promise<void>;
};

/**
 * A decoder that keeps up to `poolSize` processes started, which saves each file about 0.1 s. Any number of files may
 * be decoded at once: one that comes when all processes are busy waits a moment for one of them, then gets its own. A
 * process serves again only after a success.
 */
export function createDecoder(options: { readonly poolSize: number }): Decoder {
  const pool = createDecoderPool(options.poolSize);
  let closed = false;

  const decodeInChild: Decoder['decodeToWav'] = async (inputPath, outputPath, limits, signal) => {
    const child = await pool.take();
    const timeout = AbortSignal.timeout(limits.timeoutMs);
    let succeeded = false;
    try {
      signal.throwIfAborted();
      const job = {
        inputPath: resolve(inputPath),
        outputPath: resolve(outputPath),
        maxDurationSeconds: limits.maxDurationSeconds,
        maxMemoryBytes: limits.maxMemoryBytes,
      };
      const result = await child.decode(job, AbortSignal.any([signal, timeout]));
      succeeded = true;
      return result;
    } catch (error) {
      if (timeout.aborted) throw new DabirError('media_too_heavy', `took longer than ${limits.timeoutMs} ms`);
      if (closed) throw new DabirError('internal', 'the decoder was closed');
      throw error;
    } finally {
      // The process is gone before the file is removed: Windows removes no open file.
      await pool.giveBack(child, succeeded);
    }
  };

  return {
    async decodeToWav(inputPath, outputPath, limits, signal) {
      try {
        signal.throwIfAborted();
        await checkSize(inputPath, limits);
        signal.throwIfAborted();
        if (closed) throw new DabirError('internal', 'the decoder is closed');
        return await decodeInChild(inputPath, outputPath, limits, signal);
      } catch (error) {
        await rm(outputPath, { force: true }).catch(() => {});
        signal.throwIfAborted();
        throw toDabirError(error);
      }
    },
    async close() {
      closed = true;
      await pool.close();
    },
  };
}

/** Decodes one file with a process made for it; see `Decoder.decodeToWav`. */
export async function decodeToWav(
  inputPath: string,
  outputPath: string,
  limits: MediaLimits,
  signal: AbortSignal,
): Promise<DecodeResult> {
  const decoder = createDecoder({ poolSize: 0 });
  try {
    return await decoder.decodeToWav(inputPath, outputPath, limits, signal);
  } finally {
    await decoder.close();
  }
}

async function checkSize(path: string, limits: MediaLimits): Promise<void> {
  const { size } = await stat(path);
  if (size === 0) throw new DabirError('file_empty', 'the file has no bytes');
  if (size <= limits.maxInputBytes) return;
  const limitMegabytes = Math.floor(limits.maxInputBytes / bytesPerMegabyte);
  throw new DabirError('file_too_large', `${size} bytes`, { details: { limitMegabytes } });
}
