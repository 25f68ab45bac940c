import { declaresDuration } from './containers.ts';
import { hasXingHeader } from './xing-header.ts';

/** The duration that a file declares, in seconds; 0 if it declares none that is reliable. */
export type DeclaredDuration = {
  readonly whole: number;
  /** Duration of the audio track. */
  readonly track: number;
};

/** Drops durations that FFmpeg only estimates from the bit rate. */
export function believableDuration(
  reported: DeclaredDuration,
  container: string,
  inputPath: string,
): DeclaredDuration {
  const isBelievable = declaresDuration(container) || (container === 'mp3' && hasXingHeader(inputPath));
  if (!isBelievable) return { whole: 0, track: 0 };
  // Matroska tracks have no duration; FFmpeg repeats that of the whole file.
  return { whole: reported.whole, track: container === 'matroska' ? 0 : reported.track };
}
