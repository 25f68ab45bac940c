import type { ShapedText, Shaper } from '../fonts/shaper.ts';
import { baseDirection } from './base-direction.ts';
import { bestFitLines, type LineShape } from './best-fit-lines.ts';
import { chunksOf, inkWidth } from './chunks.ts';
import { type Direction, embeddingLevels, visualOrder } from './direction.ts';
import { firstFitLines } from './first-fit-lines.ts';
import { hangOf } from './hanging.ts';
import { isolatesOf } from './isolates.ts';

/** Settings of the layout of one paragraph. */
export type ParagraphOptions = {
  readonly shaper: Shaper;
  /** Font size in points. */
  readonly size: number;
  /** Width of the column in points. */
  readonly width: number;
  /** Direction of the document's language; see `baseDirection`. */
  readonly languageDirection: Direction;
  /** The side on which lines begin, where it is not that of the paragraph's direction. */
  readonly alignment?: Direction;
  /** Justifies every line but the last by its spaces; punctuation hangs over the edges of the column. */
  readonly isJustified?: boolean;
  /**
   * `best` (default) breaks the whole paragraph at once, `first` fills one line after the other, as browsers do and as
   * text needs of which only the first line is shown.
   */
  readonly lineBreaks?: 'best' | 'first';
};

/** A run that is drawn in one step: a word, part of a word, or spaces, of one direction. */
export type PlacedRun = Pick<ShapedText, 'cells' | 'textLayer' | 'missingGlyphs' | 'language'> & {
  /** Distance from the column's left edge, in points. */
  readonly x: number;
  /** In points. */
  readonly width: number;
  /** Extent of the ink above and below the baseline, in points. */
  readonly above: number;
  readonly below: number;
  /** Embedding level; odd levels are right-to-left. */
  readonly level: number;
  /** Start in the paragraph, in UTF-16 units. */
  readonly start: number;
  /** Its text in logical order. */
  readonly text: string;
  readonly isSpace: boolean;
};

/** A laid out line. */
export type Line = {
  /** Runs in visual order, left to right; trailing spaces are left out. */
  readonly runs: readonly PlacedRun[];
  /** In points, without trailing spaces. */
  readonly width: number;
};

/** A paragraph that is laid out completely. */
export type Paragraph = { readonly direction: Direction; readonly lines: readonly Line[] };

type LogicalRun = Omit<PlacedRun, 'x'>;

/** Returns true for a space that may hang over the end of a line and is widened in a justified one. */
function isSpaceUnit(unit: number): boolean {
  return (
    unit === 0x20 ||
    (unit >= 0x1680 &&
      (unit === 0x1680 ||
        (unit >= 0x2000 && unit <= 0x200a && unit !== 0x2007) ||
        unit === 0x205f ||
        unit === 0x3000))
  );
}

/** The direction of a paragraph, and its lines, which are laid out lazily. */
export type ParagraphLayout = { readonly direction: Direction; readonly lines: Generator<Line> };

/**
 * Lays out one paragraph by the bidirectional algorithm (UAX #9): base direction (`baseDirection`),
 * embedding levels, line breaking by UAX #14, then visual order for each line (L1, L2). Right-to-left lines end
 * at the column's right edge. The text must hold no line breaks.
 */
export function startParagraph(text: string, options: ParagraphOptions): ParagraphLayout {
  const direction = baseDirection(text, options.languageDirection);
  return { direction, lines: layoutLines(text, direction, options) };
}

/** Lays out a whole paragraph in one call; see `startParagraph`. */
export function layOutParagraph(text: string, options: ParagraphOptions): Paragraph {
  const { direction, lines } = startParagraph(text, options);
  return { direction, lines: [...lines] };
}

function* layoutLines(text: string, direction: Direction, options: ParagraphOptions): Generator<Line> {
  const levels = embeddingLevels(text, direction, isolatesOf(text, direction));
  const split = (start: number, end: number) => splitRuns(text, levels, start, end, options);
  const { width, alignment = direction, lineBreaks = 'best' } = options;
  const shape = lineShape(direction, options);
  const chunks = chunksOf(text, split, width);
  const lines = lineBreaks === 'best' ? bestFitLines(chunks, shape) : firstFitLines(chunks, width);
  let held: LogicalRun[] | null = null;
  for (const runs of lines) {
    if (held !== null) yield placeLine(held, alignment, shape, false);
    held = runs;
  }
  if (held !== null) yield placeLine(held, alignment, shape, true);
}

/** Itemises a range of the text: runs break where the level changes and around spaces. */
function splitRuns(
  text: string,
  levels: Uint8Array,
  start: number,
  end: number,
  { shaper, size }: ParagraphOptions,
): LogicalRun[] {
  const runs: LogicalRun[] = [];
  const em = size / 1000;
  for (let from = start; from < end; ) {
    const level = levels[from] ?? 0;
    const isSpace = isSpaceUnit(text.charCodeAt(from));
    let to = from + 1;
    while (to < end && levels[to] === level && isSpaceUnit(text.charCodeAt(to)) === isSpace) to++;
    const word = text.slice(from, to);
    const shaped = shaper.shape(word, level % 2 === 1 ? 'rtl' : 'ltr');
    runs.push({
      cells: shaped.cells,
      textLayer: shaped.textLayer,
      missingGlyphs: shaped.missingGlyphs,
      language: shaped.language,
      width: shaped.width * em,
      above: shaped.above * em,
      below: shaped.below * em,
      level,
      start: from,
      text: word,
      isSpace,
    });
    from = to;
  }
  return runs;
}

/** Drops trailing spaces: rule L1 would move them to the paragraph's end, where they are invisible. */
function withoutLastSpaces(runs: readonly LogicalRun[]): readonly LogicalRun[] {
  return runs.slice(0, runs.findLastIndex((run) => !run.isSpace) + 1);
}

/**
 * Lengths as multiples of the font size: the gap that looks like a hole, so that its line is not justified, and a loose
 * one.
 */
const maxGap = 0.7;
const looseGap = 0.14;
/** Share of a space that a line may take away to hold one more word. */
const maxShrink = 0.2;

function lineShape(direction: Direction, { size, width, isJustified = false }: ParagraphOptions): Shape {
  const base = direction === 'rtl' ? 1 : 0;
  return {
    width,
    isJustified,
    looseGap: looseGap * size,
    maxGap: maxGap * size,
    maxShrink,
    isGap: (run, next) => run.isSpace || isSolidGap(run, next),
    hang: (run, edge) => (isJustified && run.level === base ? hangOf(run, edge, direction) * size : 0),
  };
}

type Shape = LineShape<LogicalRun> & {
  /** Maximum growth of a gap; a line whose gaps would be wider is not justified. */
  readonly maxGap: number;
};

/** Han and kana, which are set in squares and without spaces. */
const solid = /[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\uff00-\uffef]/u;

/** How the gaps of a line change: each grows by a length in points, and spaces are first multiplied. */
type Change = { readonly growth: number; readonly share: number; readonly solid: ReadonlySet<LogicalRun> };

const noRuns: ReadonlySet<LogicalRun> = new Set();
const noChange: Change = { growth: 0, share: 1, solid: noRuns };

/**
 * Returns what makes a line as wide as the column and what hangs over it: its spaces, and equally the gaps between
 * characters that are set solid. The last line of a paragraph is only narrowed.
 */
function justification(seen: readonly LogicalRun[], shape: Shape, isLast: boolean): Change {
  if (!shape.isJustified) return noChange;
  const excess = shape.width + hangAt(seen, 'start', shape) + hangAt(seen, 'end', shape) - inkWidth(seen);
  if (excess < 0) {
    const spaces = seen.reduce((sum, run) => (run.isSpace ? sum + run.width : sum), 0);
    return { ...noChange, share: 1 - Math.min(shape.maxShrink, -excess / spaces) };
  }
  if (isLast) return noChange;
  let gaps = 0;
  let solid: Set<LogicalRun> | null = null;
  for (let index = 0; index < seen.length; index++) {
    const run = seen[index] as LogicalRun;
    if (run.isSpace) gaps++;
    else if (isSolidGap(run, seen[index + 1])) {
      gaps++;
      solid ??= new Set();
      solid.add(run);
    }
  }
  // Not finite without gaps; there is then nothing to widen.
  const growth = excess / gaps;
  return growth <= shape.maxGap ? { growth, share: 1, solid: solid ?? noRuns } : noChange;
}

function hangAt(seen: readonly LogicalRun[], edge: 'start' | 'end', shape: Shape): number {
  const run = edge === 'start' ? seen[0] : seen.at(-1);
  return run === undefined ? 0 : shape.hang(run, edge);
}

function isSolidGap({ text }: LogicalRun, next: LogicalRun | undefined): boolean {
  // All of these characters are above U+2E80; most text is below.
  if (next === undefined || text.charCodeAt(text.length - 1) < 0x2e80) return false;
  return solid.test(text.slice(-1)) && solid.test(next.text.slice(0, 1));
}

function placeLine(runs: readonly LogicalRun[], alignment: Direction, shape: Shape, isLast: boolean): Line {
  const seen = withoutLastSpaces(runs);
  const { growth, share, solid } = justification(seen, shape, isLast);
  const widthOf = (run: LogicalRun) => {
    if (run.isSpace) return run.width * share + growth;
    return solid.has(run) ? run.width + growth : run.width;
  };
  let width = 0;
  for (const run of seen) width += widthOf(run);
  const hang = hangAt(seen, 'start', shape);
  let x = alignment === 'rtl' ? shape.width + hang - width : -hang;
  const placed = visualOrder(seen).map((run) => {
    const placedRun = { ...run, x, width: widthOf(run) };
    x += placedRun.width;
    return placedRun;
  });
  return { runs: placed, width };
}
