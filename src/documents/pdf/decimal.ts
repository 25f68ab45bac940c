/** The decimals of every number of thousandths, without trailing zeros. */
const decimals = Array.from({ length: 1000 }, (_, thousandths) =>
  thousandths === 0 ? '' : `.${String(thousandths).padStart(3, '0').replace(/0+$/, '')}`,
);

/** Returns a number with at most three decimals, as PDF writes them. */
export function decimal(value: number): string {
  const thousandths = Math.round(value * 1000);
  // Larger numbers occur only for text of absurd sizes; V8 keeps the text of small integers.
  if (!(Math.abs(thousandths) < 2 ** 31)) return String(thousandths / 1000);
  const size = Math.abs(thousandths);
  const text = `${Math.trunc(size / 1000)}${decimals[size % 1000]}`;
  return thousandths < 0 ? `-${text}` : text;
}
