/** Shortest elapsed time for an estimate, in seconds. */
const minElapsedSeconds = 3;
/** Smallest fraction for an estimate. */
const minFraction = 0.03;

/**
 * Estimates the remaining time from the elapsed time and the fraction that is done. The result is in seconds, rounded;
 * null while no estimate is possible.
 */
export function timeLeft(elapsedSeconds: number, fraction: number | null): number | null {
  if (fraction === null || fraction < minFraction || fraction >= 1 || elapsedSeconds < minElapsedSeconds)
    return null;
  return roundedTimeLeft((elapsedSeconds * (1 - fraction)) / fraction);
}

/** Rounds a remaining time in seconds: to 10 s below a minute, to 1 minute below ten minutes, then to 5 minutes. */
export function roundedTimeLeft(left: number): number {
  const step = left < 60 ? 10 : left < 600 ? 60 : 300;
  return Math.max(step, Math.round(left / step) * step);
}
