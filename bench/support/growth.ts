import { rounded } from './percentiles.ts';

/** The change of a quantity over a run, by a straight line through all its points (least squares). */
export type Growth = {
  /** From the first to the last x, along the line. */
  readonly grown: number;
  /** Per thousand x. */
  readonly slope: number;
};

/** Fits the line. One noisy sample decides less than in a comparison of the last point with the first. */
export function growth(points: readonly { readonly x: number; readonly y: number }[]): Growth {
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const covariance = mean(points.map(({ x, y }) => (x - meanX) * (y - meanY)));
  const variance = mean(points.map(({ x }) => (x - meanX) ** 2));
  const slope = variance === 0 ? 0 : covariance / variance;
  const span = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  return { grown: rounded(slope * span), slope: rounded(slope * 1_000, 3) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
