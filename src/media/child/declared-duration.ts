import { declaresDuration } from './containers.ts';
import { hasXingHeader } from './xing-header.ts';

/** What a file says of its length, in seconds; 0 where it says nothing that can be believed. */
export type DeclaredDuration = {
  readonly whole: number;
  /** The audio track's own. */
  readonly track: number;
};

/** Leaves out what cannot be believed of the durations that FFmpeg reports: its guesses from the bit rate. */
export function believableDuration(
  reported: DeclaredDuration,
  container: string,
  inputPath: string,
): DeclaredDuration {
  const isBelievable = declaresDuration(container) || (container === 'mp3' && hasXingHeader(inputPath));
  if (!isBelievable) return { whole: 0, track: 0 };
  // Matroska's tracks have no duration of their own; FFmpeg repeats the film's.
  return { whole: reported.whole, track: container === 'matroska' ? 0 : reported.track };
}
