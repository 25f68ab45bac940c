import { readFile } from 'node:fs/promises';
import type { Decoder } from '../app/ports/media.ts';
import type { Channels } from '../domain/channel-turns.ts';
import type { DecoderProcesses, MediaLimits } from './decoder-processes.ts';
import { channelsFile } from './protocol.ts';

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
      const channels = await readChannels(channelsFile(files.loudnessPath));
      return { path: output, durationSeconds, lostSeconds, loudness, channels };
    },
    async cut({ path }, { start, end }, format, output, signal) {
      await processes.cut(path, { startSeconds: start, endSeconds: end }, format, output, signal);
    },
  };
}

/** Returns the loudness of both channels; null for a track that is not stereo. */
async function readChannels(path: string): Promise<Channels | null> {
  const both = await readFile(path).catch(() => null);
  if (both === null) return null;
  const [left, right] = [0, 1].map((channel) => {
    const levels = new Uint8Array(both.length >> 1);
    for (let step = 0; step < levels.length; step++) levels[step] = both[2 * step + channel] ?? 0;
    return { levels, stepSeconds: loudnessStepSeconds };
  });
  return left === undefined || right === undefined ? null : { left, right };
}
