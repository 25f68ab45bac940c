import { breaksOf, graphemes } from './break-opportunities.ts';

/** The unit that is measured: a piece of a word, or spaces. */
export type Piece = {
  /** True for spaces; they may hang over the end of a line. */
  readonly isSpace: boolean;
  /** In points. */
  readonly width: number;
};

/** Returns the pieces of a range of the text (UTF-16 indexes), in logical order. */
export type Split<P extends Piece> = (start: number, end: number) => P[];

/** What stands between two places where a line may end. Widths are in points. */
export type Chunk<P extends Piece> = {
  readonly pieces: readonly P[];
  readonly width: number;
  /** Width without trailing spaces. */
  readonly ink: number;
  /** True for a part of a word that is longer than a line: a line begins with it. */
  readonly startsLine: boolean;
};

/**
 * Yields the chunks of a text, each measured once, so that a long paragraph is laid out in steps. A word longer than a
 * line is cut between graphemes. A chunk exceeds the width only if a single grapheme does.
 * @param width of a line, in points
 */
export function* chunksOf<P extends Piece>(
  text: string,
  split: Split<P>,
  width: number,
): Generator<Chunk<P>> {
  let start = 0;
  for (const end of breaksOf(text, (from, to) => inkWidth(split(from, to)) <= width)) {
    const pieces = split(start, end);
    if (inkWidth(pieces) <= width) yield chunkOf(pieces, false);
    else {
      for (const cut of cutsOfLongWord(text, start, end, split, width)) {
        yield chunkOf(split(start, cut), true);
        start = cut;
      }
    }
    start = end;
  }
}

function chunkOf<P extends Piece>(pieces: readonly P[], startsLine: boolean): Chunk<P> {
  return { pieces, width: widthUpTo(pieces, pieces.length), ink: inkWidth(pieces), startsLine };
}

/** Returns the width of the pieces without trailing spaces, in points. */
export function inkWidth(pieces: readonly Piece[]): number {
  let end = pieces.length;
  while (end > 0 && pieces[end - 1]?.isSpace) end--;
  return widthUpTo(pieces, end);
}

function widthUpTo(pieces: readonly Piece[], end: number): number {
  let width = 0;
  for (let at = 0; at < end; at++) width += pieces[at]?.width ?? 0;
  return width;
}

/** Yields the ends of the pieces of a word that is wider than a line. Each piece has at least one grapheme. */
function* cutsOfLongWord<P extends Piece>(
  text: string,
  start: number,
  end: number,
  split: Split<P>,
  width: number,
): Generator<number> {
  const edges = Array.from(graphemes.segment(text.slice(start, end)), ({ index }) => start + index);
  edges.push(end);
  let first = 0;
  for (;;) {
    const from = edges[first] ?? end;
    const fits = (edge: number) => inkWidth(split(from, edges[edge] ?? end)) <= width;
    const last = lastThatFits(first + 1, edges.length - 1, fits);
    yield edges[last] ?? end;
    // The rest fits, or is one grapheme wider than the line.
    if (last >= edges.length - 1) return;
    first = last;
  }
}

/**
 * Returns the last number from `first` (assumed to fit) to `last` that fits. Searches in growing steps, then by
 * bisection: letters join, so widths are not additive, and a "word" can have thousands of letters.
 */
function lastThatFits(first: number, last: number, fits: (edge: number) => boolean): number {
  let fitting = first;
  let step = 16;
  while (fitting + step <= last && fits(fitting + step)) {
    fitting += step;
    step *= 2;
  }
  let tooMany = Math.min(fitting + step, last + 1);
  while (tooMany - fitting > 1) {
    const middle = (fitting + tooMany) >> 1;
    if (fits(middle)) fitting = middle;
    else tooMany = middle;
  }
  return fitting;
}
