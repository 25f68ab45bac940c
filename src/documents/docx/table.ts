import { type DocumentContent, speakersOf } from '../../domain/document.ts';
import { languageDirection } from '../layout/base-direction.ts';
import type { Direction } from '../layout/direction.ts';
import { timeOf } from '../time-of.ts';
import type { Hyperlinks } from './hyperlinks.ts';
import { columnWidth } from './package.ts';
import { type TextRun, textRuns, writeParagraphXml } from './paragraph.ts';

/** In twentieths of a point; the text column gets the rest. */
const timeWidth = 1100;
const speakerWidth = 1800;

/**
 * Yields the transcript as a table of time, speaker (if speakers are told apart) and text; each page repeats the
 * head.
 */
export function* writeTableXml(content: DocumentContent, hyperlinks: Hyperlinks): Generator<string> {
  const { direction, labels, look, paragraphs } = content;
  const textDirection = languageDirection(content.language);
  const hasSpeakers = speakersOf(content).length > 0;
  const widths = [timeWidth, ...(hasSpeakers ? [speakerWidth] : [])];
  const textWidth = columnWidth(look) - widths.reduce((sum, width) => sum + width, 0);
  const row = (cells: readonly TableCell[], isHead: boolean) =>
    rowXml(cells, [...widths, textWidth], direction, isHead);
  yield tableStart([...widths, textWidth], direction);
  yield row(
    [labels.time, ...(hasSpeakers ? [labels.speaker] : []), labels.text].map((text) => ({
      style: 'TableHead',
      runs: [{ text }],
    })),
    true,
  );
  for (const paragraph of paragraphs) {
    const time: TextRun = { text: timeOf(paragraph, content), style: 'Timestamp' };
    const speaker: TableCell = {
      style: 'TableHead',
      runs: [{ text: paragraph.speaker ?? '' }],
      alignment: direction,
    };
    const text: TableCell = {
      style: 'TableText',
      runs: textRuns(paragraph, content, hyperlinks),
      usual: textDirection,
    };
    if (paragraph.heading !== undefined) {
      const empty: TableCell = { style: 'TableText', runs: [] };
      const heading: TableCell = { style: 'TableHead', runs: [{ text: paragraph.heading }] };
      yield row([empty, ...(hasSpeakers ? [empty] : []), heading], false);
    }
    yield row([{ style: 'TableText', runs: [time] }, ...(hasSpeakers ? [speaker] : []), text], false);
  }
  yield tableEnd;
}

/** The end of a table. Word requires a paragraph after it at the document's end. */
export const tableEnd = '</w:tbl><w:p/>';

/** A cell of a table. */
export type TableCell = {
  readonly style: string;
  readonly runs: readonly TextRun[];
  /** Direction of the text's language; default: the table's. */
  readonly usual?: Direction;
  /** The side on which lines begin, where it is not that of the text's own direction. */
  readonly alignment?: Direction;
};

/** Returns the table's properties; `bidiVisual` puts the first column on the right. */
export function tableStart(widths: readonly number[], direction: Direction): string {
  const line = 'w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"';
  const borders = ['top', 'bottom', 'insideH'].map((side) => `<w:${side} ${line}/>`).join('');
  const columns = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  return (
    `<w:tbl><w:tblPr>${direction === 'rtl' ? '<w:bidiVisual/>' : ''}<w:tblW w:w="5000" w:type="pct"/>` +
    `<w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${columns}</w:tblGrid>`
  );
}

/** Returns a row; the head is repeated on each page. */
export function rowXml(
  cells: readonly TableCell[],
  widths: readonly number[],
  direction: Direction,
  isHead: boolean,
): string {
  const columns = cells.map(
    ({ style, runs, usual = direction, alignment }, index) =>
      `<w:tc><w:tcPr><w:tcW w:w="${widths[index] ?? 0}" w:type="dxa"/></w:tcPr>${writeParagraphXml(style, runs, usual, alignment)}</w:tc>`,
  );
  return `<w:tr>${isHead ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${columns.join('')}</w:tr>`;
}
