import { readFile } from 'node:fs/promises';
import type { Decoder } from '../app/ports/media.ts';
import type { DecoderProcesses, MediaLimits } from './decode.ts';

/** Duration that one byte of the decoder's loudness file stands for, in seconds. */
const loudnessStepSeconds = 0.02;

/** Creates the application's decoder of its processes: with limits, and with the loudness read into memory. */
export function createDecoder(
  processes: Pick<DecoderProcesses, 'decodeToWav' | 'cut'>,
  limits: MediaLimits,
): Decoder {
  return {
    async decode(input, output, signal) {
      const files = { wavPath: output, loudnessPath: `${output}.loudness` };
      const { durationSeconds, lostSeconds } = await processes.decodeToWav(input, files, limits, signal);
      const levels = await readFile(files.loudnessPath);
      const loudness = { levels, stepSeconds: loudnessStepSeconds };
      return { path: output, durationSeconds, lostSeconds, loudness };
    },
    async cut({ path }, { start, end }, format, output, signal) {
      await processes.cut(path, { startSeconds: start, endSeconds: end }, format, output, signal);
    },
  };
}
