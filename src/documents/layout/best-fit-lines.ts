import type { Chunk, Piece } from './chunks.ts';

/** What a line can do to fill the column. All lengths are in points. */
export type LineShape<P extends Piece> = {
  /** Width of the column. */
  readonly width: number;
  readonly isJustified: boolean;
  /** Width by which each gap of a justified line grows before it looks loose. */
  readonly looseGap: number;
  /** Maximum share by which a space of a justified line shrinks. */
  readonly maxShrink: number;
  /** Returns true for a piece after which a justified line is widened. */
  isGap(piece: P, next: P | undefined): boolean;
  /** Returns how far a line that begins or ends with a piece hangs over the column. */
  hang(piece: P, edge: 'start' | 'end'): number;
};

/** Maximum chunks on a line. More occur only in texts of signs without width. */
const maxChunksOnLine = 400;
/**
 * Chunks that are broken together, some hundred lines; a longer paragraph is broken in steps, so that it may exceed
 * memory.
 */
const windowLength = 4 * maxChunksOnLine;
/** Lines at the end of a step that the next step breaks again. */
const linesAgain = 2;

/** Cost of a line that is as wide as the column; it keeps the number of lines low. */
const costOfLine = 10;
/** Badness of a line whose gaps are loose (TeX's scale: it grows with the cube of the gap). */
const badnessOfLoose = 100;
/**
 * Cost of a last line of one word or of less than `shortShare` of the column: that of a line with gaps of 3.5 times the
 * loose size. Of 300 Persian paragraphs none then ends so, and the widest gaps stay what they were.
 */
const costOfShortLast = 20_000_000;
const shortShare = 0.08;

/**
 * Yields the lines of a paragraph, broken where all of them together look best (Knuth and Plass, "Breaking Paragraphs
 * into Lines", 1981): gaps as even as possible, and no single word on the last line.
 */
export function* bestFitLines<P extends Piece>(
  chunks: Iterable<Chunk<P>>,
  shape: LineShape<P>,
): Generator<P[]> {
  const source = chunks[Symbol.iterator]();
  const window: Chunk<P>[] = [];
  for (;;) {
    let isWhole = false;
    while (window.length < windowLength && !isWhole) {
      const next = source.next();
      if (next.done === true) isWhole = true;
      else window.push(next.value);
    }
    const ends = bestEnds(window, shape, isWhole);
    if (!isWhole) ends.length = Math.max(1, ends.length - linesAgain);
    let from = 0;
    for (const end of ends) {
      const line: P[] = [];
      for (; from < end; from++) line.push(...(window[from]?.pieces ?? []));
      yield line;
    }
    if (isWhole) return;
    window.splice(0, from);
  }
}

/** Returns where the lines end, as numbers of chunks. */
function bestEnds<P extends Piece>(
  chunks: readonly Chunk<P>[],
  shape: LineShape<P>,
  isWhole: boolean,
): number[] {
  const count = chunks.length;
  const { widths, gaps, spaces, endGaps, endSpaces, before, after } = measureChunks(chunks, shape);
  const { width, isJustified } = shape;
  const maxShrink = isJustified ? shape.maxShrink : 0;
  const costs = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  const starts = new Int32Array(count + 1);
  costs[0] = 0;
  for (let end = 1; end <= count; end++) {
    const last = end - 1;
    const isLast = end === count;
    const isForced = isLast || chunks[end]?.startsLine === true;
    const room = width + at(after, last) - at(widths, last) - (chunks[last]?.ink ?? 0);
    const gapsUpTo = at(gaps, end) - at(endGaps, last);
    const spacesUpTo = at(spaces, end) - at(endSpaces, last);
    for (let start = last; start >= 0 && end - start <= maxChunksOnLine; start--) {
      const excess = room + at(before, start) + at(widths, start);
      const shrink = (spacesUpTo - at(spaces, start)) * maxShrink;
      if (excess < -shrink && start < last) break;
      let badness = 0;
      if (excess < 0) badness = shrunk(excess, shrink);
      else if (!isForced) badness = stretched(excess, gapsUpTo - at(gaps, start), shape);
      const isShort = isLast && isWhole && start > 0 && (start === last || excess > width * (1 - shortShare));
      const lineCost = costOfLine + badness;
      const cost = at(costs, start) + lineCost * lineCost + (isShort ? costOfShortLast : 0);
      if (cost < at(costs, end)) {
        costs[end] = cost;
        starts[end] = start;
      }
      if (chunks[start]?.startsLine === true) break;
    }
  }
  const ends: number[] = [];
  for (let end = count; end > 0; end = at(starts, end)) ends.push(end);
  return ends.reverse();
}

function at(values: Float64Array | Int32Array, index: number): number {
  return values[index] ?? 0;
}

/** Sums up widths, gaps and spaces before each chunk, so that each line is measured in a few steps. */
function measureChunks<P extends Piece>(chunks: readonly Chunk<P>[], shape: LineShape<P>) {
  const count = chunks.length;
  const widths = new Float64Array(count + 1);
  const gaps = new Int32Array(count + 1);
  const spaces = new Float64Array(count + 1);
  /** Gaps and widths of spaces that end a chunk; they count only within a line. */
  const endGaps = new Int32Array(count);
  const endSpaces = new Float64Array(count);
  /** How far a line hangs over that begins, or ends, with a chunk. */
  const before = new Float64Array(count);
  const after = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const { pieces, width } = chunks[index] ?? { pieces: [], width: 0 };
    const following = chunks[index + 1]?.pieces[0];
    let lastInk = pieces.length - 1;
    while (lastInk >= 0 && pieces[lastInk]?.isSpace) lastInk--;
    let [gapsHere, spacesHere] = [0, 0];
    for (let place = 0; place < pieces.length; place++) {
      const piece = pieces[place] as P;
      const gap = shape.isGap(piece, pieces[place + 1] ?? following) ? 1 : 0;
      const space = piece.isSpace ? piece.width : 0;
      gapsHere += gap;
      spacesHere += space;
      if (place < lastInk) continue;
      endGaps[index] = at(endGaps, index) + gap;
      endSpaces[index] = at(endSpaces, index) + space;
    }
    widths[index + 1] = at(widths, index) + width;
    gaps[index + 1] = at(gaps, index) + gapsHere;
    spaces[index + 1] = at(spaces, index) + spacesHere;
    const [first, last] = [pieces[0], pieces[lastInk]];
    if (first !== undefined) before[index] = shape.hang(first, 'start');
    if (last !== undefined) after[index] = shape.hang(last, 'end');
  }
  return { widths, gaps, spaces, endGaps, endSpaces, before, after };
}

/** Returns the badness of a line that is short of its column by a length in points. */
function stretched<P extends Piece>(
  excess: number,
  gaps: number,
  { width, isJustified, looseGap }: LineShape<P>,
): number {
  if (!isJustified) {
    // A fifth of the column is as bad at a ragged edge as a loose gap.
    const share = (5 * excess) / width;
    return badnessOfLoose * share * share;
  }
  const looseness = excess / (Math.max(gaps, 0.1) * looseGap);
  return badnessOfLoose * looseness * looseness * looseness;
}

/** Returns the badness of a line that is too long by a length, of which its spaces can take some. */
function shrunk(excess: number, shrink: number): number {
  if (shrink <= 0) return 0;
  const share = excess / shrink;
  return badnessOfLoose * share * share;
}
