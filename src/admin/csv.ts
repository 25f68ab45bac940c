import { withoutBidiControls } from '../domain/bidi-controls.ts';

/** What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}]/u;

/**
 * Returns a line of a CSV file (RFC 4180): every cell in quotation marks, without bidi controls; one that would be a formula
 * begins with an apostrophe.
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
