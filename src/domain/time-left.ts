/** Sooner nobody can tell, in seconds. */
const leastElapsed = 3;
/** And not by less than this. */
const leastFraction = 0.03;

/**
 * How much longer something takes that has been going on for so long and is done to this fraction, in seconds, rounded
 * as people say it: to ten seconds, to minutes, to five minutes. Null while nobody can tell.
 */
export function timeLeft(elapsedSeconds: number, fraction: number | null): number | null {
  if (fraction === null || fraction < leastFraction || fraction >= 1 || elapsedSeconds < leastElapsed)
    return null;
  const left = (elapsedSeconds * (1 - fraction)) / fraction;
  const step = left < 60 ? 10 : left < 600 ? 60 : 300;
  return Math.max(step, Math.round(left / step) * step);
}
