import { AV_NOPTS_VALUE } from 'node-av/constants';
import type { FormatContext } from 'node-av/lib';
import { declaresDuration } from './containers.ts';
import type { OpenMedia } from './open-media.ts';

/** Seconds of the whole file by the container's own word, 0 where there is none worth believing. */
export function containerSeconds(format: FormatContext, container: string): number {
  if (!declaresDuration(container) || format.duration <= 0n) return 0;
  return Number(format.duration) / 1_000_000;
}

/** Seconds of the audio track by its own word, 0 where there is none worth believing: Matroska's is the whole film's. */
export function trackSeconds({ stream }: OpenMedia, container: string): number {
  const { duration, timeBase } = stream;
  if (container === 'matroska' || !declaresDuration(container)) return 0;
  if (duration === AV_NOPTS_VALUE || duration <= 0n) return 0;
  return (Number(duration) * timeBase.num) / timeBase.den;
}
