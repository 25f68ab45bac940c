import type { Cell } from '../fonts/cells.ts';
import type { Direction } from '../layout/direction.ts';
import type { PlacedRun } from '../layout/paragraph.ts';
import { decimal } from './decimal.ts';
import type { EmbeddedFonts } from './embedded-font.ts';
import type { GlyphStrings } from './glyph-strings.ts';
import { endsWithMark, inOneFont, type LayerPiece, markedSpace, unseenPieces } from './text-layer.ts';

/**
 * A line feed, in UTF-16. Poppler takes it for white space, PDFium leaves out text whose `ActualText` has no printable
 * character (it would extract the glyphs of an empty one, between the words), and pdf.js leaves out U+200B, the text of
 * the glyphs themselves.
 */
const unread = 'feff000a';

/**
 * Where a line is drawn: its left end and its baseline in points, its font size, and the direction of its paragraph.
 */
export type Place = {
  readonly left: number;
  readonly baseline: number;
  readonly size: number;
  readonly direction: Direction;
};

/**
 * Returns the operators that draw runs of a line on a page as pdfkit sets it up, with y growing downwards. Runs come
 * from left to right: readers that do not sort by position expect this before they reverse right-to-left runs. Where a
 * text layer holds a run's text, it is drawn invisibly (text rendering mode 3), and the visible glyphs follow the text
 * of the whole line under an `ActualText` that no reader extracts. Words of another language than the document's are
 * marked with it in left-to-right lines. In others pdf.js would put the text between two marks in the wrong order.
 */
export function drawRuns(
  line: readonly PlacedRun[],
  fonts: EmbeddedFonts,
  strings: GlyphStrings,
  { left, baseline, size, direction }: Place,
): string {
  const runs = inOneFont(line);
  const onBaseline = decimal(baseline);
  let operators = 'BT';
  let current = '';
  let hasTextLayers = false;
  const draw = (cells: readonly Cell[], x: number, stretch = 1) => {
    let pen = x;
    for (const { font, numbers, offsetX, offsetY, advances } of strings.of(cells)) {
      if (font !== current) {
        fonts.use(font);
        operators += `\n/${font} ${size} Tf`;
        current = font;
      }
      const y = offsetY === 0 ? onBaseline : decimal(baseline - (offsetY * size) / 1000);
      operators += `\n${stretch === 1 ? '1' : decimal(stretch)} 0 0 -1 ${decimal(pen + (offsetX * size) / 1000)} ${y} Tm <${numbers}> Tj`;
      for (const advance of advances) pen += (advance * size) / 1000;
    }
  };
  /** Draws text that readers extract and nobody sees. */
  const drawUnseen = (pieces: readonly LayerPiece[]) => {
    operators += '\n3 Tr';
    for (const { cells, x, stretch } of pieces) draw(cells, left + x, stretch);
    operators += '\n0 Tr';
  };
  let language: string | null = null;
  const speak = (next: string | null) => {
    if (next === language) return;
    if (language !== null) operators += '\nEMC';
    if (next !== null) operators += `\n/Span <</Lang (${next})>> BDC`;
    language = next;
  };
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] as PlacedRun;
    const next = runs[index + 1];
    if (direction === 'ltr') {
      // A space between two words of a language is in it too, and one that is read together with a mark.
      const isTogether = run.isSpace && (next?.language === language || endsWithMark(next));
      speak((isTogether ? next?.language : run.language) ?? null);
    }
    if (run.isSpace && next !== undefined && endsWithMark(next)) drawUnseen([markedSpace(run, next)]);
    else if (run.textLayer === null) draw(run.cells, left + run.x);
    else {
      hasTextLayers = true;
      drawUnseen(unseenPieces(runs, index, size));
    }
  }
  speak(null);
  if (hasTextLayers) {
    operators += `\n/Span <</ActualText <${unread}>>> BDC`;
    for (const run of runs) if (run.textLayer !== null) draw(run.cells, left + run.x);
    operators += '\nEMC';
  }
  return `${operators}\nET`;
}
