import { roundedTimeLeft } from './time-left.ts';

/** Fraction that is shown when the expected time is over, but not the work. */
const atExpectedEnd = 0.9;

/** Progress of an engine that reports none. */
export type EstimatedProgress = {
  /** Never stands still and never reaches 1. */
  readonly fraction: number;
  /** Rounded seconds until the expected end; null once that is over, for nothing is known from then on. */
  readonly leftSeconds: number | null;
};

/** Estimates progress from the elapsed and the expected time. */
export function estimateProgress(elapsedSeconds: number, expectedSeconds: number): EstimatedProgress {
  const share = elapsedSeconds / Math.max(1, expectedSeconds);
  if (share < 1) {
    return {
      fraction: share * atExpectedEnd,
      leftSeconds: roundedTimeLeft(expectedSeconds - elapsedSeconds),
    };
  }
  return { fraction: atExpectedEnd + (1 - atExpectedEnd) * 0.9 * (1 - 1 / share), leftSeconds: null };
}
