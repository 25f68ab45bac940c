import { AV_NOPTS_VALUE } from 'node-av/constants';
import { declaresDuration } from './containers.ts';
import type { OpenMedia } from './open-media.ts';
import { hasXingHeader } from './xing-header.ts';

/** What a file says of its length, in seconds; 0 where it says nothing that can be believed. */
export type DeclaredDuration = {
  readonly whole: number;
  /** The audio track's own. */
  readonly track: number;
};

/** Reads what the header says; FFmpeg's guesses from the bit rate do not count. */
export function declaredDuration(
  { format, stream }: OpenMedia,
  container: string,
  inputPath: string,
): DeclaredDuration {
  const isBelievable = declaresDuration(container) || (container === 'mp3' && hasXingHeader(inputPath));
  if (!isBelievable) return { whole: 0, track: 0 };
  const whole = format.duration > 0n ? Number(format.duration) / 1_000_000 : 0;
  const { duration, timeBase } = stream;
  // Matroska's tracks have no duration of their own; FFmpeg repeats the film's.
  const isOwn = container !== 'matroska' && duration !== AV_NOPTS_VALUE && duration > 0n;
  return { whole, track: isOwn ? (Number(duration) * timeBase.num) / timeBase.den : 0 };
}
