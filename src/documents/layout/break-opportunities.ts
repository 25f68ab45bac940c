import LineBreaker from 'linebreak';

export const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Scripts without spaces between words, which UAX #14 leaves to a dictionary (class SA). */
const unspaced = /[\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu;
const hasUnspaced = /[\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const dictionary = new Intl.Segmenter('und', { granularity: 'word' });
/**
 * Signs that may not begin a line in these scripts, although the dictionary takes them for words: marks, repetition
 * signs, abbreviation signs and full stops.
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

/**
 * Yields where a line may end (UTF-16 indexes), up to the end of the text: by UAX #14, and between the words of a
 * dictionary in scripts without spaces. An address is broken only if it does not fit on a line.
 */
export function* breaksOf(text: string, fits: (from: number, to: number) => boolean): Generator<number> {
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
