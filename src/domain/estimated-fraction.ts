/** Fraction that is shown when the expected time is over, but not the work. */
const atExpectedEnd = 0.9;

/**
 * Estimates the fraction that is done from the elapsed and the expected time, for an engine that reports none. It never
 * stands still and never reaches 1.
 */
export function estimatedFraction(elapsedSeconds: number, expectedSeconds: number): number {
  const share = elapsedSeconds / Math.max(1, expectedSeconds);
  return share <= 1 ? share * atExpectedEnd : atExpectedEnd + (1 - atExpectedEnd) * 0.9 * (1 - 1 / share);
}
