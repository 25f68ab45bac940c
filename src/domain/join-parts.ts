import { splitWords, timedWords } from './timed-words.ts';
import type { Segment, Word } from './transcript.ts';

/** What was heard in one part, with times in seconds from the start of the file. */
export type HeardPart = {
  readonly start: number;
  /** What the engine was given: where it begins before the end of the part before, both heard the same words. */
  readonly from: number;
  readonly to: number;
  readonly segments: readonly Segment[];
};

/**
 * The segments of parts that follow each other, with the words that two of them heard only once. Where both heard the
 * same words the first goes up to them and the second from behind them on; a word that was cut in two at an edge lies
 * outside and goes. Where nothing agrees and no times tell, nothing is taken away: twice is better than never.
 */
export function joinParts(parts: readonly HeardPart[]): Segment[] {
  const joined: Segment[] = [];
  let before: HeardPart | null = null;
  for (const part of parts.toSorted((a, b) => a.start - b.start)) {
    let own = [...part.segments];
    if (before !== null && part.from < before.to) {
      const cut = findCut(joined, own, { start: part.from, end: before.to });
      const { segment, word } = cut.first;
      const last = joined[segment];
      joined.splice(segment, joined.length, ...(last === undefined ? [] : slice(last, 0, word)));
      own = keepFrom(own, cut.second);
    }
    joined.push(...own);
    before = part;
  }
  return joined;
}

/** A word by its place: which segment, which word in it. */
type Place = { readonly segment: number; readonly word: number };
type Token = Place & { readonly key: string; readonly time: number; readonly isTimed: boolean };

/** The words that both may have heard lie so far around the overlap, in seconds; guessed times may be far off. */
const slackSeconds = 0.5;
const guessedSlackSeconds = 15;
/** More words than anybody says in the overlap and its slack. */
const mostTokens = 60;
/** Two engines' times for the same word differ by less, in seconds. */
const sameMomentSeconds = 0.8;

/** First word of the earlier part to drop, first word of the later part to keep. */
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

/** The first word that is said from a moment on. */
function firstFrom(segments: readonly Segment[], seconds: number): Place {
  for (const [index, segment] of segments.entries()) {
    const word = wordsOf(segment).findIndex(({ start, end }) => (start + end) / 2 >= seconds);
    if (word >= 0) return { segment: index, word };
  }
  return { segment: segments.length, word: 0 };
}

const behind = ({ segment, word }: Token): Place => ({ segment, word: word + 1 });

const slack = (isTimed: boolean) => (isTimed ? slackSeconds : guessedSlackSeconds);

/** The words at one end of the segments, in order. */
function tokensOf(segments: readonly Segment[], end: 'first' | 'last'): Token[] {
  const tokens: Token[] = [];
  const indexes = [...segments.keys()];
  for (const segment of end === 'last' ? indexes.toReversed() : indexes) {
    if (tokens.length >= mostTokens) break;
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
  return end === 'last' ? tokens.slice(-mostTokens) : tokens.slice(0, mostTokens);
}

/** Without times a single word in common says nothing. */
const leastGuessedRun = 2;
/** What a run of words is worth by the words around it that would be dropped for it. */
const droppedWeight = 0.1;
const guessedDroppedWeight = 0.5;

/**
 * The run of words in both that explains the overlap best: long, near the end of the tail and the start of the head.
 * Gives its last word in each.
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
      if (length < (isTimed ? 1 : leastGuessedRun)) continue;
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

/** Words are compared by their letters and digits alone. */
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

/** Some words of a segment, with their own times; none when no word is left. */
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

/** Where a word stands in its text. */
function spanOf(text: string, words: readonly string[], index: number): { at: number; end: number } {
  let end = 0;
  let at = 0;
  for (const word of words.slice(0, index + 1)) {
    at = text.indexOf(word, end);
    end = at + word.length;
  }
  return { at, end };
}
