import type { ShapedText, Shaper } from '../fonts/shaper.ts';
import {
  type Direction,
  embeddingLevels,
  firstStrongDirection,
  levelRuns,
  visualOrder,
} from './direction.ts';
import { fillLines, inkWidth } from './lines.ts';

export type ParagraphOptions = {
  readonly shaper: Shaper;
  /** Font size in points. */
  readonly size: number;
  /** Width of the column in points. */
  readonly width: number;
  /** For a paragraph without a strong character. */
  readonly fallbackDirection: Direction;
  /** Spaces are widened until every line but the last is as wide as the column. */
  readonly isJustified?: boolean;
};

/** A piece of a line that is drawn at once: a word, part of one, or spaces, all of one direction. */
export type PlacedRun = Pick<ShapedText, 'cells' | 'carriers' | 'undrawn'> & {
  /** Points from the left edge of the column. */
  readonly x: number;
  /** In points. */
  readonly width: number;
  /** How far its ink goes above and below the baseline, in points. */
  readonly above: number;
  readonly below: number;
  /** Its embedding level; odd ones run from right to left. */
  readonly level: number;
  /** Where it begins in the paragraph, in UTF-16 units. */
  readonly start: number;
  /** As it is read, in logical order. */
  readonly text: string;
  readonly isSpace: boolean;
};

export type Line = {
  /** Its runs from left to right; spaces at its end are left out. */
  readonly runs: readonly PlacedRun[];
  /** In points, without spaces at its end. */
  readonly width: number;
};

export type Paragraph = { readonly direction: Direction; readonly lines: readonly Line[] };

type LogicalRun = Omit<PlacedRun, 'x'>;

const spaces = /^[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+$/;
const words =
  /[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+|[^ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+/g;

/** The direction of a paragraph and its lines, laid out as they are asked for. */
export type ParagraphLayout = { readonly direction: Direction; readonly lines: Generator<Line> };

/**
 * Lays one paragraph out by the bidirectional algorithm (UAX #9): its direction by the first strong character, an
 * embedding level for each character, lines by UAX #14, then each line in visual order (L1, L2). Right-to-left lines
 * end at the column's right edge. The text holds no line breaks.
 */
export function startParagraph(text: string, options: ParagraphOptions): ParagraphLayout {
  const direction = firstStrongDirection(text) ?? options.fallbackDirection;
  return { direction, lines: layoutLines(text, direction, options) };
}

/** The whole paragraph at once; see `startParagraph`. */
export function layoutParagraph(text: string, options: ParagraphOptions): Paragraph {
  const { direction, lines } = startParagraph(text, options);
  return { direction, lines: [...lines] };
}

function* layoutLines(text: string, direction: Direction, options: ParagraphOptions): Generator<Line> {
  const levels = embeddingLevels(text, direction);
  const split = (start: number, end: number) => splitRuns(text, levels, start, end, options);
  const { width, isJustified = false } = options;
  let held: LogicalRun[] | null = null;
  for (const runs of fillLines(text, split, width)) {
    if (held !== null) yield placeLine(isJustified ? justified(held, options) : held, direction, width);
    held = runs;
  }
  if (held !== null) yield placeLine(held, direction, width);
}

/** A stretch of the text as runs: cut where the level changes and around spaces. */
function splitRuns(
  text: string,
  levels: Uint8Array,
  start: number,
  end: number,
  { shaper, size }: ParagraphOptions,
): LogicalRun[] {
  const runs: LogicalRun[] = [];
  const em = size / 1000;
  for (const { start: from, end: to, level } of levelRuns(levels.subarray(start, end))) {
    for (const { 0: part, index } of text.slice(start + from, start + to).matchAll(words)) {
      const { cells, carriers, undrawn, width, above, below } = shaper.shape(
        part,
        level % 2 === 1 ? 'rtl' : 'ltr',
      );
      runs.push({
        cells,
        carriers,
        undrawn,
        width: width * em,
        above: above * em,
        below: below * em,
        level,
        start: start + from + index,
        text: part,
        isSpace: spaces.test(part),
      });
    }
  }
  return runs;
}

/** Spaces at the end would move to the paragraph's own end by rule L1; as nothing is seen of them, they go. */
function withoutLastSpaces(runs: readonly LogicalRun[]): readonly LogicalRun[] {
  return runs.slice(0, runs.findLastIndex((run) => !run.isSpace) + 1);
}

/** Wider gaps than this many times the font size look like holes: such a line stays ragged. */
const widestGap = 0.7;

function justified(runs: readonly LogicalRun[], { size, width }: ParagraphOptions): readonly LogicalRun[] {
  const seen = withoutLastSpaces(runs);
  const gaps = seen.filter((run) => run.isSpace).length;
  const wider = gaps === 0 ? 0 : (width - inkWidth(seen)) / gaps;
  if (wider <= 0 || wider > widestGap * size) return seen;
  return seen.map((run) => (run.isSpace ? { ...run, width: run.width + wider } : run));
}

function placeLine(runs: readonly LogicalRun[], direction: Direction, columnWidth: number): Line {
  const seen = withoutLastSpaces(runs);
  const width = inkWidth(seen);
  let x = direction === 'rtl' ? columnWidth - width : 0;
  const placed = visualOrder(seen).map((run) => {
    const placedRun = { ...run, x };
    x += run.width;
    return placedRun;
  });
  return { runs: placed, width };
}
