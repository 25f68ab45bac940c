import { readFile } from 'node:fs/promises';
import type { Decoder } from '../app/ports/media.ts';
import type { MediaDecoder } from '../media/decode.ts';
import type { Config } from '../runtime/config-schema.ts';

/** Duration that one byte of the decoder's loudness file stands for, in seconds. */
const loudnessStepSeconds = 0.02;

/**
 * Creates the application's decoder, with the configured limits.
 * @param maxInputBytes maximum size of an upload, in bytes
 */
export function wireDecoder(config: Config, media: MediaDecoder, maxInputBytes: number): Decoder {
  const limits = {
    maxDurationSeconds: config.MAX_DURATION_MINUTES * 60,
    maxMemoryBytes: config.DECODE_MEMORY_MB * 2 ** 20,
    timeoutMs: config.DECODE_TIMEOUT_SECONDS * 1000,
    maxInputBytes,
  };
  return {
    async decode(input, output, signal) {
      const files = { wavPath: output, loudnessPath: `${output}.loudness` };
      const { durationSeconds, lostSeconds } = await media.decodeToWav(input, files, limits, signal);
      const levels = await readFile(files.loudnessPath);
      const loudness = { levels, stepSeconds: loudnessStepSeconds };
      return { path: output, durationSeconds, lostSeconds, loudness };
    },
    async cut({ path }, { start, end }, format, output, signal) {
      await media.cut(path, { startSeconds: start, endSeconds: end }, format, output, signal);
    },
  };
}
