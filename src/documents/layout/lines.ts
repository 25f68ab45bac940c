import LineBreaker from 'linebreak';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The unit of line breaking: a piece of a word, or spaces. */
export type Piece = {
  /** True for spaces; they may hang over the end of a line. */
  readonly isSpace: boolean;
  /** In points. */
  readonly width: number;
};

/** Returns the pieces of a range of the text (UTF-16 indexes), in logical order. */
export type Split<P extends Piece> = (start: number, end: number) => P[];

/**
 * Breaks text into lines of a width in points and yields them one by one, so that a long paragraph is laid out in
 * steps. Lines break where UAX #14 allows it; a word longer than a line is cut between graphemes. A line exceeds
 * the width only if a single grapheme does. Lines hold the pieces that were measured; nothing is shaped twice.
 */
export function* fillLines<P extends Piece>(text: string, split: Split<P>, width: number): Generator<P[]> {
  let line: P[] = [];
  let filled = 0;
  let start = 0;
  for (const end of wholeAddresses(text, (from, to) => inkWidth(split(from, to)) <= width)) {
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
    filled += widthUpTo(pieces, pieces.length);
    start = end;
  }
  if (line.length > 0) yield line;
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

/** Scripts without spaces between words, which UAX #14 leaves to a dictionary (class SA). */
const unspaced = /[\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu;
const hasUnspaced = /[\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const dictionary = new Intl.Segmenter('und', { granularity: 'word' });
/**
 * Signs that may not begin a line in these scripts, although the dictionary takes them for words: marks, repetition signs,
 * abbreviation signs and full stops.
 */
const notAtStart = /^[\p{M}\u0e2f\u0e46\u0e5a\u0e5b\u0eaf\u0ec6\u17d4-\u17da\u104a\u104b]/u;

/**
 * A "word" of more UTF-16 units than any line holds is split first, because shaping all of it would take
 * quadratic time.
 */
const maxWordLength = 500;

function* breakOpportunities(text: string): Generator<number> {
  const breaker = new LineBreaker(text);
  const needsDictionary = hasUnspaced.test(text);
  let start = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    if (needsDictionary) {
      for (const edge of dictionaryEdges(text, start, next.position)) {
        yield* breaksOfLongWord(text, start, edge);
        start = edge;
      }
    }
    if (next.position - start > maxWordLength) yield* breaksOfLongWord(text, start, next.position);
    else yield next.position;
    start = next.position;
  }
}

/** An address that begins with a scheme; UAX #14 breaks it after `//` and at other slashes. */
const addresses = /[A-Za-z][A-Za-z0-9+.-]*:\/\/\S+/g;

/** Yields the opportunities, those within an address only if it is longer than a line. */
function* wholeAddresses(text: string, fits: (from: number, to: number) => boolean): Generator<number> {
  const ranges = text.includes('://')
    ? Array.from(text.matchAll(addresses), ({ 0: match, index }) => ({
        from: index,
        to: index + match.length,
      }))
    : [];
  let next = 0;
  let start = 0;
  let within: number[] = [];
  for (const end of breakOpportunities(text)) {
    while (next < ranges.length && (ranges[next]?.to ?? 0) <= start) next++;
    const range = ranges[next];
    if (range !== undefined && end > range.from && end < range.to) {
      within.push(end);
      continue;
    }
    if (within.length > 0 && !fits(start, end)) yield* within;
    within = [];
    yield end;
    start = end;
  }
}

/** Yields the word boundaries of a range that UAX #14 does not break. */
function* dictionaryEdges(text: string, start: number, end: number): Generator<number> {
  for (const { 0: stretch, index } of text.slice(start, end).matchAll(unspaced)) {
    for (const word of dictionary.segment(stretch)) {
      const edge = start + index + word.index;
      if (word.index > 0 && !notAtStart.test(text.slice(edge, edge + 2))) yield edge;
    }
  }
}

/** Yields the end of a range, preceded by intermediate ends if the range is too long to be shaped in one call. */
function* breaksOfLongWord(text: string, start: number, end: number): Generator<number> {
  if (end - start > maxWordLength) {
    let from = start;
    for (const { index } of graphemes.segment(text.slice(start, end))) {
      if (start + index - from < maxWordLength) continue;
      from = start + index;
      yield from;
    }
  }
  yield end;
}

/**
 * Yields the cuts of a word that is wider than a line; nothing if it fits. Each piece has at least one grapheme.
 */
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
    // The rest fits, or is one grapheme wider than the line.
    if (last >= edges.length - 1) return;
    yield edges[last] ?? end;
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
