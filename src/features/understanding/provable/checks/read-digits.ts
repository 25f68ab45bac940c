/** Reads `17:30`, `2026-12-01`, `1403/5/12`; null for a plain number. */
export function readCompound(digits: string): string[] | null {
  const pieces = digits.split(/[:/-]/);
  if (pieces.length === 1) return null;
  const values = pieces.map((piece) => plainOf(piece));
  const [first = 0, second = 0] = values.map(Number);
  if (digits.includes(':')) return [timeReading(first, second), ...(second === 0 ? [String(first)] : [])];
  if (pieces.length === 2 && digits.includes('/'))
    return [
      String(Number(`${first}.${pieces[1] ?? ''}`)),
      ...(second === 0 ? [] : [ratio(first, second)]),
      digits,
    ];
  return [values.join('-'), digits];
}

/** Returns a number without its separators of thousands, with a full stop before its decimals. */
export function plainOf(digits: string): string {
  const grouped = digits.replace(/[,٬،](?=\d{3}(?!\d))/g, '').replace(/\.(?=\d{3}(?:\.\d{3})+$)/g, '');
  const decimal = grouped.replace(/[٫,،]/g, '.');
  // A code keeps its zeros: a telephone number is no quantity.
  return /^0\d|^\d{10,}$/.test(decimal) ? decimal.replace(/\./g, '') : String(Number.parseFloat(decimal));
}

/** Half a day in minutes: recordings rarely say which half. */
const halfDay = 720;

export function timeReading(hour: number, minute: number): string {
  return `t${(((hour * 60 + minute) % halfDay) + halfDay) % halfDay}`;
}

export const ratio = (above: number, below: number) => rounded(above / below);

/** Returns a value as text, without the error of binary fractions. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(12)));
}
