const groups = [
  [1e12, 'تریلیون'],
  [1e9, 'میلیارد'],
  [1e6, 'میلیون'],
  [1e3, 'هزار'],
] as const;

/**
 * Writes a number as editors do, with Latin digits: thousands and millions keep their words where nothing is below them
 * (`2 میلیون و 500 هزار`), and five digits and more have separators (`12٬500`).
 */
export function writeNumber(value: number): string {
  if (value >= 1_000 && value % 1_000 === 0) {
    const named: string[] = [];
    let rest = value;
    for (const [size, name] of groups) {
      if (rest >= size) named.push(`${Math.floor(rest / size)} ${name}`);
      rest %= size;
    }
    return named.join(' و ');
  }
  return value < 10_000 ? String(value) : String(value).replace(/\B(?=(?:\d{3})+$)/g, '٬');
}
