/** Getting the file and reading it, in seconds; measured for voice notes. */
const besideSeconds = 2;

/**
 * How long a file will take, in seconds, as people say it: to the second below ten, to five below a minute, to half a
 * minute below ten, then to the minute.
 * @param seconds of the audio
 * @param pace seconds that the engine takes for one of them
 */
export function expectedSeconds(seconds: number, pace: number): number {
  const exact = besideSeconds + seconds * pace;
  const step = exact < 10 ? 1 : exact < 60 ? 5 : exact < 600 ? 30 : 60;
  return Math.ceil(exact / step) * step;
}
