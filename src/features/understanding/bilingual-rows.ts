import type { DocumentParagraph } from '../../domain/document.ts';
import type { StoredLine } from './store/stored-result.ts';

/** Shortest pause that begins a row, in seconds, and length from which on the next segment begins one, in UTF-16 units. */
const [longPauseSeconds, comfortableLength] = [1.5, 300];

/** Groups translated segments into the rows of a bilingual document. A new row begins as a paragraph of a document does. */
export function bilingualRows(
  lines: readonly StoredLine[],
  write: (text: string) => string,
): DocumentParagraph[] {
  const rows: StoredLine[][] = [];
  let length = 0;
  for (const line of lines) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    const begins =
      row === undefined ||
      last === undefined ||
      last.speaker !== line.speaker ||
      line.start - last.end >= longPauseSeconds ||
      length >= comfortableLength;
    if (begins) rows.push([line]);
    else row.push(line);
    length = (begins ? 0 : length) + line.original.length;
  }
  return rows.map((row) => ({
    speaker: row[0]?.speaker ?? null,
    segments: row.map(({ start, end, original }) => ({
      start,
      end,
      text: write(original),
      original,
      words: [],
    })),
    translation: row.map(({ text }) => text).join(' '),
  }));
}
