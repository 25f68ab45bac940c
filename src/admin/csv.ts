import { withoutBidiControls } from '../domain/bidi-controls.ts';

/** Characters that start a formula in spreadsheets (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}]/u;

/**
 * Returns a line of a CSV file (RFC 4180) with every cell quoted and without bidi controls; a cell that would be
 * a formula gets an apostrophe in front.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  const quoted = cells.map((cell) => {
    if (cell === null) return '""';
    if (typeof cell === 'number') return `"${cell}"`;
    const text = withoutBidiControls(cell);
    return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}
