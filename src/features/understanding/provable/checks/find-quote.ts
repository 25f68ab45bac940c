import { wordKey } from '../../../../domain/correction/words.ts';
import type { NumberedSegment, Proof } from '../contract.ts';
import { readNumbers } from './read-numbers.ts';

/** Share of a quote's letters that may differ, because models repair what an engine misspelled. */
const maxEditShare = 0.08;
const maxEdits = 8;
/** Minimum length of a quote in letters, without spaces; a shorter one has to be a whole segment. */
const minLetters = 8;
/** Maximum length of a quote in letters; the search takes its product with the length of the segments. */
const maxLetters = 300;

/** A word of the cited segments. */
type PlacedWord = {
  readonly segment: NumberedSegment;
  readonly text: string;
  /** Index within its segment, and the number of words there. */
  readonly index: number;
  readonly count: number;
  /** Range of its letters in the row. */
  readonly from: number;
  readonly to: number;
};

/**
 * Finds a quote in the segments that a statement names. Case, punctuation, half-spaces, vowel marks and the script of
 * digits do not count, and a few letters may differ.
 * @returns the words of the transcript that the quote stands for, with their time; null when it does not stand there
 */
export function findQuote(quote: string, segments: readonly NumberedSegment[]): Proof | null {
  const needle = lettersOf(quote);
  if (needle.length > maxLetters || needle.length === 0) return null;
  const allowed = Math.min(maxEdits, Math.floor(needle.length * maxEditShare));
  let best: { edits: number; words: readonly PlacedWord[] } | null = null;
  for (const run of consecutive(segments)) {
    const words = placeWords(run);
    const row = words.map(({ text }) => wordKey(text)).join('');
    if (needle.length < minLetters && needle !== row) continue;
    const match = findNearest(needle, row, allowed);
    if (match === null || (best !== null && match.edits >= best.edits)) continue;
    best = { edits: match.edits, words: words.filter(({ from, to }) => to > match.from && from < match.to) };
  }
  const found = best?.words ?? [];
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = found.map((word) => word.text).join(' ');
  // A number is never a misspelling.
  if (!hasSameNumbers(quote, text)) return null;
  return {
    segments: [...new Set(found.map(({ segment }) => segment.number))],
    quote: text,
    start: timeAt(first, 0),
    end: timeAt(last, 1),
  };
}

/**
 * Finds a few words, such as those of a date, in segments, without any difference in letters.
 * @returns the words as they stand there; null when they do not stand there
 */
export function findWords(text: string, segments: readonly NumberedSegment[]): string | null {
  const needle = lettersOf(text);
  if (needle === '') return null;
  for (const run of consecutive(segments)) {
    const words = placeWords(run);
    const row = words.map((word) => wordKey(word.text)).join('');
    for (let from = row.indexOf(needle); from >= 0; from = row.indexOf(needle, from + 1)) {
      const found = words.filter((word) => word.from >= from && word.to <= from + needle.length);
      const isWhole = found[0]?.from === from && found.at(-1)?.to === from + needle.length;
      if (isWhole) return found.map((word) => word.text).join(' ');
    }
  }
  return null;
}

function lettersOf(text: string): string {
  return text.split(/\s+/).map(wordKey).join('');
}

/** Splits segments into runs that follow each other without a gap in one transcript. */
function consecutive(segments: readonly NumberedSegment[]): NumberedSegment[][] {
  const runs: NumberedSegment[][] = [];
  for (const segment of segments.toSorted((one, other) => one.number - other.number)) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const isNext = before?.number === segment.number - 1 && before.transcription === segment.transcription;
    if (run !== undefined && isNext) run.push(segment);
    else runs.push([segment]);
  }
  return runs;
}

function placeWords(run: readonly NumberedSegment[]): PlacedWord[] {
  const words: PlacedWord[] = [];
  let at = 0;
  for (const segment of run) {
    const texts = segment.text.split(/\s+/).filter((text) => text !== '');
    for (const [index, text] of texts.entries()) {
      const { length } = wordKey(text);
      words.push({ segment, text, index, count: texts.length, from: at, to: at + length });
      at += length;
    }
  }
  return words;
}

/** Returns the time of a word within its segment, whose words are taken as equally long. @param edge 0: start, 1: end */
function timeAt({ segment, index, count }: PlacedWord, edge: 0 | 1): number {
  return segment.start + ((segment.end - segment.start) * (index + edge)) / count;
}

/**
 * Finds the stretch of a row with the fewest edits from a needle (P. H. Sellers, 1980), in time proportional to the
 * product of their lengths.
 */
function findNearest(
  needle: string,
  row: string,
  allowed: number,
): { readonly from: number; readonly to: number; readonly edits: number } | null {
  const exact = row.indexOf(needle);
  if (exact >= 0) return { from: exact, to: exact + needle.length, edits: 0 };
  if (allowed === 0) return null;
  // For each prefix of the needle: edits of the best stretch that ends here, and where that stretch begins.
  let edits = Int32Array.from({ length: needle.length + 1 }, (_, at) => at);
  let starts = new Int32Array(needle.length + 1);
  let nextEdits = new Int32Array(needle.length + 1);
  let nextStarts = new Int32Array(needle.length + 1);
  let best = { from: 0, to: 0, edits: allowed + 1 };
  for (let column = 1; column <= row.length; column += 1) {
    nextEdits[0] = 0;
    nextStarts[0] = column;
    for (let at = 1; at <= needle.length; at += 1) {
      const isSame = needle.charCodeAt(at - 1) === row.charCodeAt(column - 1);
      const replaced = (edits[at - 1] ?? 0) + (isSame ? 0 : 1);
      const extra = (edits[at] ?? 0) + 1;
      const missing = (nextEdits[at - 1] ?? 0) + 1;
      const edited = Math.min(replaced, extra, missing);
      nextEdits[at] = edited;
      nextStarts[at] =
        (edited === replaced ? starts[at - 1] : edited === extra ? starts[at] : nextStarts[at - 1]) ?? 0;
    }
    const last = nextEdits[needle.length] ?? 0;
    if (last < best.edits) best = { from: nextStarts[needle.length] ?? 0, to: column, edits: last };
    [edits, nextEdits] = [nextEdits, edits];
    [starts, nextStarts] = [nextStarts, starts];
  }
  return best.edits <= allowed ? best : null;
}

function hasSameNumbers(quote: string, text: string): boolean {
  const spoken = new Set(readNumbers(text).flatMap(({ readings }) => readings));
  return readNumbers(quote).every(({ readings }) => readings.some((reading) => spoken.has(reading)));
}
