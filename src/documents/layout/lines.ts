import LineBreaker from 'linebreak';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** What lines are filled with: a piece of a word, or spaces. */
export type Piece = {
  /** True for spaces, which may hang over the end of a line. */
  readonly isSpace: boolean;
  /** In points. */
  readonly width: number;
};

/** Gives the pieces of a stretch of the text, from and to a UTF-16 index, in logical order. */
export type Split<P extends Piece> = (start: number, end: number) => P[];

/**
 * Fills lines of a width in points, one line at a time, so that a long paragraph can be laid out bit by bit. Lines end
 * where UAX #14 allows it; a word that is longer than a line is cut between graphemes. Only a single grapheme that is
 * wider than a line makes a line that is too wide. What was measured is what a line holds: nothing is shaped anew.
 */
export function* fillLines<P extends Piece>(text: string, split: Split<P>, width: number): Generator<P[]> {
  let line: P[] = [];
  let filled = 0;
  let start = 0;
  for (const end of breakOpportunities(text)) {
    let pieces = split(start, end);
    if (filled + inkWidth(pieces) > width) {
      if (line.length > 0) yield line;
      line = [];
      filled = 0;
      for (const cut of cutsOfLongWord(text, start, end, split, width)) {
        yield split(start, cut);
        start = cut;
      }
      pieces = split(start, end);
    }
    line.push(...pieces);
    filled += fullWidth(pieces);
    start = end;
  }
  if (line.length > 0) yield line;
}

/** The width of pieces without the spaces at their end. */
export function inkWidth(pieces: readonly Piece[]): number {
  const last = pieces.findLastIndex((piece) => !piece.isSpace);
  return fullWidth(pieces.slice(0, last + 1));
}

function fullWidth(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.width, 0);
}

/** Scripts that write no space between words, and whose lines UAX #14 leaves to a dictionary (class SA). */
const unspaced = /[\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu;
const dictionary = new Intl.Segmenter('und', { granularity: 'word' });

/** A "word" of more UTF-16 units than any line holds is taken in parts, or shaping it would take its length squared. */
const longestWord = 500;

function* breakOpportunities(text: string): Generator<number> {
  const breaker = new LineBreaker(text);
  let start = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    for (const edge of dictionaryEdges(text, start, next.position)) {
      yield* partsOfLongWord(text, start, edge);
      start = edge;
    }
    yield* partsOfLongWord(text, start, next.position);
    start = next.position;
  }
}

/** Where words end within a stretch that UAX #14 gives whole. */
function* dictionaryEdges(text: string, start: number, end: number): Generator<number> {
  for (const { 0: stretch, index } of text.slice(start, end).matchAll(unspaced)) {
    for (const word of dictionary.segment(stretch)) if (word.index > 0) yield start + index + word.index;
  }
}

/** The end of a stretch, and ends of parts of it before that where it is too long to be shaped at once. */
function* partsOfLongWord(text: string, start: number, end: number): Generator<number> {
  if (end - start > longestWord) {
    let part = start;
    for (const { index } of graphemes.segment(text.slice(start, end))) {
      if (start + index - part < longestWord) continue;
      part = start + index;
      yield part;
    }
  }
  yield end;
}

/** Where a word that fits no line is cut; nothing for one that fits. Each part has at least one grapheme. */
function* cutsOfLongWord<P extends Piece>(
  text: string,
  start: number,
  end: number,
  split: Split<P>,
  width: number,
): Generator<number> {
  if (inkWidth(split(start, end)) <= width) return;
  const edges = Array.from(graphemes.segment(text.slice(start, end)), ({ index }) => start + index);
  edges.push(end);
  let first = 0;
  for (;;) {
    const from = edges[first] ?? end;
    const fits = (edge: number) => inkWidth(split(from, edges[edge] ?? end)) <= width;
    const last = lastThatFits(first + 1, edges.length - 1, fits);
    // What is left fits, or is one grapheme that is wider than the line.
    if (last >= edges.length - 1) return;
    yield edges[last] ?? end;
    first = last;
  }
}

/**
 * The last of the numbers from `first` (taken without asking) to `last` that fits. In growing steps, then by halving:
 * letters join, so their widths do not add up, and a "word" may have thousands of them.
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
