/** Returns the value that such a share of the values does not exceed (nearest rank); NaN without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(sorted.length * share));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Returns the median and the 95th percentile, rounded to a hundredth. */
export function spread(values: readonly number[]): { readonly p50: number; readonly p95: number } {
  return { p50: rounded(percentile(values, 0.5)), p95: rounded(percentile(values, 0.95)) };
}

/** Rounds a value for a table. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
