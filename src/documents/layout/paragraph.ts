import type { ShapedText, Shaper } from '../fonts/shaper.ts';
import { baseDirection } from './base-direction.ts';
import { type Direction, embeddingLevels, visualOrder } from './direction.ts';
import { isolatesOf } from './isolates.ts';
import { fillLines, inkWidth } from './lines.ts';

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
  /** Justifies every line but the last by widening its spaces. */
  readonly isJustified?: boolean;
};

/** A run that is drawn in one step: a word, part of a word, or spaces, of one direction. */
export type PlacedRun = Pick<ShapedText, 'cells' | 'textLayer' | 'missingGlyphs'> & {
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
  const { width, isJustified = false, alignment = direction } = options;
  let held: LogicalRun[] | null = null;
  for (const runs of fillLines(text, split, width)) {
    if (held !== null) yield placeLine(isJustified ? justify(held, options) : held, alignment, width);
    held = runs;
  }
  if (held !== null) yield placeLine(held, alignment, width);
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

/** Maximum gap as a multiple of the font size; wider gaps look like holes, so such a line is not justified. */
const maxGap = 0.7;

/** Han and kana, which are set in squares and without spaces. */
const solid = /[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\uff00-\uffef]/u;

/** Widens a line to the column: its spaces, and equally the gaps between characters that are set solid. */
function justify(runs: readonly LogicalRun[], { size, width }: ParagraphOptions): readonly LogicalRun[] {
  const seen = withoutLastSpaces(runs);
  const isWidened = seen.map((run, index) => run.isSpace || isSolidGap(run, seen[index + 1]));
  const gaps = isWidened.filter(Boolean).length;
  // Not finite without gaps; there is then nothing to widen.
  const wider = (width - inkWidth(seen)) / gaps;
  if (wider > maxGap * size) return seen;
  return seen.map((run, index) => (isWidened[index] ? { ...run, width: run.width + wider } : run));
}

function isSolidGap({ text }: LogicalRun, next: LogicalRun | undefined): boolean {
  return next !== undefined && solid.test(text.slice(-1)) && solid.test(next.text.slice(0, 1));
}

function placeLine(runs: readonly LogicalRun[], alignment: Direction, columnWidth: number): Line {
  const seen = withoutLastSpaces(runs);
  const width = inkWidth(seen);
  let x = alignment === 'rtl' ? columnWidth - width : 0;
  const placed = visualOrder(seen).map((run) => {
    const placedRun = { ...run, x };
    x += run.width;
    return placedRun;
  });
  return { runs: placed, width };
}
