import { splitWords, timedWords } from './timed-words.ts';
import type { Segment, Word } from './transcript.ts';

/** A transcribed chunk. Times are in seconds from the start of the audio. */
export type MergeableChunk = {
  readonly start: number;
  /**
   * The range that the engine transcribed. Where it begins before the previous chunk's `to`, both chunks contain the
   * same words.
   */
  readonly from: number;
  readonly to: number;
  readonly segments: readonly Segment[];
};

/**
 * Joins the segments of consecutive chunks and removes the words that two chunks have in common. Where the overlap has
 * a common run of words, the first chunk is kept up to its end and the second from there on. A word that was cut in two
 * at an edge lies outside the run and is dropped. Without a common run, both are cut at the middle of the overlap if
 * all words there have times; else nothing is removed, because repeated words are better than lost ones.
 */
export function mergeChunks(chunks: readonly MergeableChunk[]): Segment[] {
  const merged: Segment[] = [];
  let before: MergeableChunk | null = null;
  for (const chunk of chunks.toSorted((a, b) => a.start - b.start)) {
    let own = [...chunk.segments];
    if (before !== null && chunk.from < before.to) {
      const cut = findCut(merged, own, { start: chunk.from, end: before.to });
      const { segment, word } = cut.first;
      const last = merged[segment];
      merged.splice(segment, merged.length, ...(last === undefined ? [] : slice(last, 0, word)));
      own = keepFrom(own, cut.second);
    }
    merged.push(...own);
    before = chunk;
  }
  return merged;
}

/** Place of a word: index of its segment, and index within that segment. */
type Place = { readonly segment: number; readonly word: number };
type Token = Place & { readonly key: string; readonly time: number; readonly isTimed: boolean };

/** Distance from the overlap within which words can be common, in seconds. Guessed times can be far off. */
const slackSeconds = 0.5;
const guessedSlackSeconds = 15;
/** Maximum number of words that are compared; more than anybody says in the overlap and its slack. */
const maxTokens = 60;
/** Maximum difference between two engines' times of the same word, in seconds. */
const sameMomentSeconds = 0.8;

/** Returns the first word of the earlier chunk to drop, and the first word of the later chunk to keep. */
function findCut(
  earlier: readonly Segment[],
  later: readonly Segment[],
  overlap: { start: number; end: number },
): { first: Place; second: Place } {
  const tail = tokensOf(earlier, 'last').filter(
    ({ time, isTimed }) => time >= overlap.start - slack(isTimed),
  );
  const head = tokensOf(later, 'first').filter(({ time, isTimed }) => time <= overlap.end + slack(isTimed));
  const run = bestRun(tail, head);
  if (run !== null) return { first: behind(run.tail), second: behind(run.head) };
  const isTimed = [...tail, ...head].every((token) => token.isTimed);
  const all = { segment: earlier.length, word: 0 };
  if (!isTimed) return { first: all, second: { segment: 0, word: 0 } };
  const middle = (overlap.start + overlap.end) / 2;
  return { first: tail.find(({ time }) => time >= middle) ?? all, second: firstFrom(later, middle) };
}

/** Returns the first word that is said at or after a moment. */
function firstFrom(segments: readonly Segment[], seconds: number): Place {
  for (const [index, segment] of segments.entries()) {
    const word = wordsOf(segment).findIndex(({ start, end }) => (start + end) / 2 >= seconds);
    if (word >= 0) return { segment: index, word };
  }
  return { segment: segments.length, word: 0 };
}

const behind = ({ segment, word }: Token): Place => ({ segment, word: word + 1 });

const slack = (isTimed: boolean) => (isTimed ? slackSeconds : guessedSlackSeconds);

/** Returns the words at one end of the segments, in order. */
function tokensOf(segments: readonly Segment[], end: 'first' | 'last'): Token[] {
  const tokens: Token[] = [];
  const indexes = [...segments.keys()];
  for (const segment of end === 'last' ? indexes.toReversed() : indexes) {
    if (tokens.length >= maxTokens) break;
    const own = wordsOf(segments[segment]).map((word, index) => ({
      segment,
      word: index,
      key: keyOf(word.text),
      time: (word.start + word.end) / 2,
      isTimed: (segments[segment]?.words.length ?? 0) > 0,
    }));
    if (end === 'last') tokens.unshift(...own);
    else tokens.push(...own);
  }
  return end === 'last' ? tokens.slice(-maxTokens) : tokens.slice(0, maxTokens);
}

/** Shortest common run without word times: a single common word proves nothing. */
const minGuessedRun = 2;
/** Weight of each word that a run drops, in words of the run. */
const droppedWeight = 0.1;
const guessedDroppedWeight = 0.5;

/**
 * Finds the common run of words that explains the overlap best: long, near the end of the tail and the start of the
 * head.
 * @returns the last word of the run in each
 */
function bestRun(tail: readonly Token[], head: readonly Token[]): { tail: Token; head: Token } | null {
  let best: { tail: Token; head: Token } | null = null;
  let bestScore = 0;
  let previous: number[] = [];
  for (const [row, a] of tail.entries()) {
    const lengths: number[] = [];
    for (const [column, b] of head.entries()) {
      const length = isSame(a, b) ? (previous[column - 1] ?? 0) + 1 : 0;
      lengths.push(length);
      const isTimed = a.isTimed && b.isTimed;
      if (length < (isTimed ? 1 : minGuessedRun)) continue;
      const dropped = tail.length - (row + 1) + (column + 1 - length);
      const score = length - dropped * (isTimed ? droppedWeight : guessedDroppedWeight);
      if (score <= bestScore) continue;
      best = { tail: a, head: b };
      bestScore = score;
    }
    previous = lengths;
  }
  return best;
}

function isSame(a: Token, b: Token): boolean {
  if (a.key === '' || a.key !== b.key) return false;
  return !(a.isTimed && b.isTimed) || Math.abs(a.time - b.time) <= sameMomentSeconds;
}

/** Returns the key by which words are compared: letters, digits and marks only. */
function keyOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '');
}

function wordsOf(segment: Segment | undefined): Word[] {
  return segment === undefined ? [] : timedWords(segment.text, segment);
}

function keepFrom(segments: readonly Segment[], place: Place): Segment[] {
  return segments.flatMap((segment, index) => {
    if (index !== place.segment) return index > place.segment ? [segment] : [];
    return slice(segment, place.word, Number.POSITIVE_INFINITY);
  });
}

/** Returns some words of a segment with their own times; empty when no word is left. */
function slice(segment: Segment, from: number, to: number): Segment[] {
  const texts = splitWords(segment.text);
  if (from <= 0 && to >= texts.length) return [segment];
  const words = wordsOf(segment).slice(from, to);
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  const { at: begin } = spanOf(segment.text, texts, from);
  const { end } = spanOf(segment.text, texts, from + words.length - 1);
  return [
    {
      ...segment,
      start: first.start,
      end: last.end,
      text: segment.text.slice(begin, end),
      words: segment.words.length === 0 ? [] : words,
    },
  ];
}

/** Returns the range of a word in its text. */
function spanOf(text: string, words: readonly string[], index: number): { at: number; end: number } {
  let end = 0;
  let at = 0;
  for (const word of words.slice(0, index + 1)) {
    at = text.indexOf(word, end);
    end = at + word.length;
  }
  return { at, end };
}
