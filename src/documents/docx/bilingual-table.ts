import type { DocumentContent, DocumentTranslation } from '../../domain/document.ts';
import { languageDirection } from '../layout/base-direction.ts';
import type { Hyperlinks } from './hyperlinks.ts';
import { columnWidth } from './package.ts';
import { type TextRun, textRuns } from './paragraph.ts';
import { rowXml, type TableCell, tableEnd, tableStart } from './table.ts';

/** Yields the transcript and its translation as a table of two columns, each in its own direction. */
export function* writeBilingualXml(
  content: DocumentContent,
  { language, headings }: DocumentTranslation,
  hyperlinks: Hyperlinks,
): Generator<string> {
  const { direction, look } = content;
  const half = Math.floor(columnWidth(look) / 2);
  const widths = [half, columnWidth(look) - half];
  const sides = [languageDirection(content.language), languageDirection(language)] as const;
  yield tableStart(widths, direction);
  const head = [headings.original, headings.translation].map(
    (text, index): TableCell => ({
      style: 'TableHead',
      runs: [{ text }],
      alignment: sides[index] ?? direction,
    }),
  );
  yield rowXml(head, widths, direction, true);
  for (const paragraph of content.paragraphs) {
    const speaker: TextRun[] =
      paragraph.speaker === null
        ? []
        : [{ text: `${paragraph.speaker}: `, style: 'Strong', isIsolated: true }];
    const original = [...speaker, ...textRuns(paragraph, content, hyperlinks)];
    yield rowXml(
      [
        { style: 'TableText', runs: original, usual: sides[0] },
        { style: 'TableText', runs: [{ text: paragraph.translation ?? '' }], usual: sides[1] },
      ],
      widths,
      direction,
      false,
    );
  }
  yield tableEnd;
}
