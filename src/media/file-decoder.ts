import { readFile } from 'node:fs/promises';
import type { Decoder } from '../app/ports/media.ts';
import type { MediaDecoder, MediaLimits } from './decode.ts';

/** Duration that one byte of the decoder's loudness file stands for, in seconds. */
const loudnessStepSeconds = 0.02;

/** Creates the application's decoder: the pool's decoder with its limits, and with the loudness read into memory. */
export function createFileDecoder(
  media: Pick<MediaDecoder, 'decodeToWav' | 'cut'>,
  limits: MediaLimits,
): Decoder {
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
