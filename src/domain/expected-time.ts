/** Time to download and decode an upload, in seconds; measured with voice notes. */
const besideSeconds = 2;

/**
 * Returns how long a transcription will take, in seconds, rounded up: to 1 s below ten seconds, to 5 s below a minute,
 * to 30 s below ten minutes, then to a minute.
 * @param seconds length of the audio
 * @param realTimeFactor seconds of work per second of audio
 */
export function expectedSeconds(seconds: number, realTimeFactor: number): number {
  const exact = besideSeconds + seconds * realTimeFactor;
  const step = exact < 10 ? 1 : exact < 60 ? 5 : exact < 600 ? 30 : 60;
  return Math.ceil(exact / step) * step;
}
