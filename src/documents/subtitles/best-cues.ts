import type { CueWord } from './cue-word.ts';
import { maxCueMs, maxLineLength, maxPauseSeconds, minCueMs, readingRate } from './limits.ts';

/*
 * Costs of a cue, in points; only their ratios matter. Ends of sentences are preferred to ends of clauses, and
 * those to any other place; fewer cues, balanced lines and a comfortable reading rate are preferred.
 */
const cost = {
  eachCue: 20,
  endsAtClause: 12,
  endsAnywhere: 40,
  /** Deducted for each second of a pause after the cue, for at most one second. */
  pause: 25,
  /** For each second below the minimum duration. */
  tooShort: 15,
  /** For each character per second above the reading rate. */
  tooFast: 3,
  /** For each character of difference between the two lines. */
  unbalanced: 0.4,
  lineEndsAnywhere: 6,
};

const sentenceEnd = /[.!?؟…۔。！？।]["'»”’)\]]*$/u;
const clauseEnd = /[,،;؛:،、，–—-]["'»”’)\]]*$/u;

/**
 * Groups words into cues of one or two lines with the lowest total cost. Dynamic programming: the best solution
 * up to each word is built from the best ones up to earlier words.
 */
export function chooseBestCues(words: readonly CueWord[]): CueWord[][][] {
  const ends = lengthsUpTo(words);
  const best = [0];
  const begins: number[] = [];
  const splits: number[] = [];
  for (let to = 1; to <= words.length; to++) {
    best[to] = Number.POSITIVE_INFINITY;
    for (let from = to - 1; from >= 0; from--) {
      const split = splitLines(words, ends, from, to);
      const tooLong = from < to - 1 && seconds(words, from, to) * 1000 > maxCueMs;
      if (split === null || tooLong || pausesAfterFirst(words, from, to)) break;
      const points = (best[from] ?? 0) + split.points + cueCost(words, ends, from, to);
      if (points >= (best[to] ?? 0)) continue;
      best[to] = points;
      begins[to] = from;
      splits[to] = split.at;
    }
  }
  return traceBack(words, begins, splits);
}

function traceBack(
  words: readonly CueWord[],
  begins: readonly number[],
  splits: readonly number[],
): CueWord[][][] {
  const cues: CueWord[][][] = [];
  for (let to = words.length; to > 0; to = begins[to] ?? 0) {
    const [from, split] = [begins[to] ?? 0, splits[to] ?? to];
    cues.push([words.slice(from, split), words.slice(split, to)].filter((line) => line.length > 0));
  }
  return cues.reverse();
}

/** Returns for each word the length of the text up to its end, spaces included. */
function lengthsUpTo(words: readonly CueWord[]): number[] {
  let length = 0;
  return words.map((word) => {
    length += word.length + (word.hasSpaceBefore ? 1 : 0);
    return length;
  });
}

/** Returns the length of a range of words on one line, in graphemes. */
function lineWidth(words: readonly CueWord[], ends: readonly number[], from: number, to: number): number {
  const first = words[from];
  return (ends[to - 1] ?? 0) - (ends[from] ?? 0) + (first?.length ?? 0);
}

function seconds(words: readonly CueWord[], from: number, to: number): number {
  return (words[to - 1]?.end ?? 0) - (words[from]?.start ?? 0);
}

/** Returns true if a long pause follows the first word of the range. */
function pausesAfterFirst(words: readonly CueWord[], from: number, to: number): boolean {
  const next = from + 1 < to ? words[from + 1] : undefined;
  return next !== undefined && next.start - (words[from]?.end ?? 0) >= maxPauseSeconds;
}

/**
 * Returns the index at which the second line begins (`to` for a single line) and its cost; null if the words do
 * not fit on two lines.
 */
function splitLines(
  words: readonly CueWord[],
  ends: readonly number[],
  from: number,
  to: number,
): { at: number; points: number } | null {
  if (lineWidth(words, ends, from, to) <= maxLineLength) return { at: to, points: 0 };
  let best: { at: number; points: number } | null = null;
  for (let at = to - 1; at > from; at--) {
    const [upper, lower] = [lineWidth(words, ends, from, at), lineWidth(words, ends, at, to)];
    if (lower > maxLineLength) break;
    if (upper > maxLineLength) continue;
    const text = words[at - 1]?.text ?? '';
    const isPhrase = sentenceEnd.test(text) || clauseEnd.test(text);
    const points = Math.abs(upper - lower) * cost.unbalanced + (isPhrase ? 0 : cost.lineEndsAnywhere);
    if (best === null || points < best.points) best = { at, points };
  }
  return best;
}

function cueCost(words: readonly CueWord[], ends: readonly number[], from: number, to: number): number {
  const last = words[to - 1];
  const next = words[to];
  const text = last?.text ?? '';
  const ending = sentenceEnd.test(text) ? 0 : clauseEnd.test(text) ? cost.endsAtClause : cost.endsAnywhere;
  const pause = next === undefined ? 0 : Math.min(1, Math.max(0, next.start - (last?.end ?? 0)));
  const shown = Math.max(0.001, (next?.start ?? Number.POSITIVE_INFINITY) - (words[from]?.start ?? 0));
  const rate = lineWidth(words, ends, from, to) / shown;
  return (
    cost.eachCue +
    Math.max(0, ending - pause * cost.pause) +
    Math.max(0, minCueMs / 1000 - shown) * cost.tooShort +
    Math.max(0, Math.min(rate, 100) - readingRate) * cost.tooFast
  );
}
