import type { Cell } from '../fonts/cells.ts';
import type { Line } from '../layout/paragraph.ts';
import { decimal } from './decimal.ts';
import type { EmbeddedFonts } from './embedded-font.ts';
import type { GlyphStrings } from './glyph-strings.ts';

/**
 * A line feed, in UTF-16. Poppler takes it for white space, PDFium leaves out text whose `ActualText` has no printable
 * character (it would extract the glyphs of an empty one, between the words), and pdf.js leaves out U+200B, the text of
 * the glyphs themselves.
 */
const unread = 'feff000a';

/** Where a line is drawn: its left end and its baseline in points, and its font size. */
export type Place = { readonly left: number; readonly baseline: number; readonly size: number };

/**
 * Returns the operators that draw a line on a page as pdfkit sets it up, with y growing downwards. Runs come from
 * left to right: readers that do not sort by position expect this before they reverse right-to-left runs. Where
 * a text layer holds a run's text, it is drawn invisibly (text rendering mode 3), and the visible glyphs follow the text
 * of the whole line under an `ActualText` that no reader extracts.
 */
export function drawLine(
  { runs }: Line,
  fonts: EmbeddedFonts,
  strings: GlyphStrings,
  { left, baseline, size }: Place,
): string {
  const onBaseline = decimal(baseline);
  let operators = 'BT';
  let current = '';
  let hasTextLayers = false;
  const draw = (cells: readonly Cell[], x: number) => {
    let pen = x;
    for (const { font, numbers, offsetX, offsetY, advances } of strings.of(cells)) {
      if (font !== current) {
        fonts.use(font);
        operators += `\n/${font} ${size} Tf`;
        current = font;
      }
      const y = offsetY === 0 ? onBaseline : decimal(baseline - (offsetY * size) / 1000);
      operators += `\n1 0 0 -1 ${decimal(pen + (offsetX * size) / 1000)} ${y} Tm <${numbers}> Tj`;
      for (const advance of advances) pen += (advance * size) / 1000;
    }
  };
  for (const run of runs) {
    if (run.textLayer === null) draw(run.cells, left + run.x);
    else {
      hasTextLayers = true;
      operators += '\n3 Tr';
      draw(run.textLayer, left + run.x);
      operators += '\n0 Tr';
    }
  }
  if (hasTextLayers) {
    operators += `\n/Span <</ActualText <${unread}>>> BDC`;
    for (const run of runs) if (run.textLayer !== null) draw(run.cells, left + run.x);
    operators += '\nEMC';
  }
  return `${operators}\nET`;
}
