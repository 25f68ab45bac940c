import type { CueWord } from './cue-word.ts';
import { maxCueMs, maxLineLength, maxPauseSeconds, minCueMs, readingRate } from './limits.ts';
import { endsClause, endsNothing, endsSentence, phraseEnd } from './phrase-end.ts';

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

/** What the choice of cues needs of each word; made once, because each word is looked at some 200 times. */
type Measures = {
  /** Length of the text up to the end of each word, in graphemes, spaces included. */
  readonly upTo: Int32Array;
  readonly length: Int32Array;
  /** In seconds. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** See `phraseEnd`. */
  readonly ending: Uint8Array;
  /** For each word: the end of the longest line that begins with it. */
  readonly lineEnd: Int32Array;
};

function measure(words: readonly CueWord[]): Measures {
  const count = words.length;
  const measures = {
    upTo: new Int32Array(count),
    length: new Int32Array(count),
    start: new Float64Array(count),
    end: new Float64Array(count),
    ending: new Uint8Array(count),
    lineEnd: new Int32Array(count),
  };
  let length = 0;
  for (let at = 0; at < count; at++) {
    const word = words[at] as CueWord;
    length += word.length + (word.hasSpaceBefore ? 1 : 0);
    measures.upTo[at] = length;
    measures.length[at] = word.length;
    measures.start[at] = word.start;
    measures.end[at] = word.end;
    measures.ending[at] = phraseEnd(word.text);
  }
  let lineEnd = 0;
  for (let from = 0; from < count; from++) {
    lineEnd = Math.max(lineEnd, from);
    while (lineEnd < count && lineWidth(measures, from, lineEnd + 1) <= maxLineLength) lineEnd++;
    measures.lineEnd[from] = lineEnd;
  }
  return measures;
}

/**
 * Groups words into cues of one or two lines with the lowest total cost. Dynamic programming: the best solution
 * up to each word is built from the best ones up to earlier words.
 */
export function chooseBestCues(words: readonly CueWord[]): CueWord[][][] {
  const measures = measure(words);
  const { start, end, lineEnd } = measures;
  const best = new Float64Array(words.length + 1);
  const begins = new Int32Array(words.length + 1);
  const splits = new Int32Array(words.length + 1);
  /** The first word of the longest line that ends before `to`. */
  let lastLine = 0;
  for (let to = 1; to <= words.length; to++) {
    best[to] = Number.POSITIVE_INFINITY;
    splits[to] = to;
    while (lastLine < to && (lineEnd[lastLine] ?? 0) < to) lastLine++;
    const lastEnd = end[to - 1] ?? 0;
    const next = to < words.length ? (start[to] ?? 0) : Number.POSITIVE_INFINITY;
    const endPoints = endCost(measures, to);
    for (let from = to - 1; from >= 0; from--) {
      if (from < to - 1) {
        if ((lastEnd - (start[from] ?? 0)) * 1000 > maxCueMs) break;
        // A long pause after the first word.
        if ((start[from + 1] ?? 0) - (end[from] ?? 0) >= maxPauseSeconds) break;
      }
      const firstLine = Math.min(lineEnd[from] ?? 0, to);
      if (firstLine < lastLine) break;
      const before = best[from] ?? 0;
      const points = cueCost(measures, from, to, next, endPoints);
      if (before + points >= (best[to] ?? 0)) continue;
      const split = firstLine === to ? to : bestSplit(measures, from, lastLine, firstLine, to);
      const all = before + splitCost(measures, from, split, to) + points;
      if (all >= (best[to] ?? 0)) continue;
      best[to] = all;
      begins[to] = from;
      splits[to] = split;
    }
  }
  return traceBack(words, begins, splits);
}

function traceBack(words: readonly CueWord[], begins: Int32Array, splits: Int32Array): CueWord[][][] {
  const cues: CueWord[][][] = [];
  for (let to = words.length; to > 0; to = begins[to] ?? 0) {
    const [from, split] = [begins[to] ?? 0, splits[to] ?? to];
    cues.push(split < to ? [words.slice(from, split), words.slice(split, to)] : [words.slice(from, to)]);
  }
  return cues.reverse();
}

/** Returns the length of a range of words on one line, in graphemes. */
function lineWidth({ upTo, length }: Measures, from: number, to: number): number {
  return (upTo[to - 1] ?? 0) - (upTo[from] ?? 0) + (length[from] ?? 0);
}

/** Returns the best of the words with which the second line can begin: one from `first` to `last`. */
function bestSplit(measures: Measures, from: number, first: number, last: number, to: number): number {
  let best = last;
  let lowest = Number.POSITIVE_INFINITY;
  for (let at = Math.min(last, to - 1); at >= first && at > from; at--) {
    const points = splitCost(measures, from, at, to);
    if (points >= lowest) continue;
    best = at;
    lowest = points;
  }
  return best;
}

/** Returns the cost of a second line that begins at `split`; 0 for a single line. */
function splitCost(measures: Measures, from: number, split: number, to: number): number {
  if (split === to) return 0;
  const difference = Math.abs(lineWidth(measures, from, split) - lineWidth(measures, split, to));
  return (
    difference * cost.unbalanced + (measures.ending[split - 1] === endsNothing ? cost.lineEndsAnywhere : 0)
  );
}

/** Returns the cost of a cue that ends before the word `to`, by how the last word ends and the pause after it. */
function endCost({ start, end, ending }: Measures, to: number): number {
  const last = ending[to - 1];
  const points = last === endsSentence ? 0 : last === endsClause ? cost.endsAtClause : cost.endsAnywhere;
  const pause = to < start.length ? Math.min(1, Math.max(0, (start[to] ?? 0) - (end[to - 1] ?? 0))) : 0;
  return cost.eachCue + Math.max(0, points - pause * cost.pause);
}

/** Returns the cost of a cue: of its end, and of the time that it is shown for, up to `next` (in seconds). */
function cueCost(measures: Measures, from: number, to: number, next: number, endPoints: number): number {
  const shown = Math.max(0.001, next - (measures.start[from] ?? 0));
  const rate = lineWidth(measures, from, to) / shown;
  return (
    endPoints +
    Math.max(0, minCueMs / 1000 - shown) * cost.tooShort +
    Math.max(0, Math.min(rate, 100) - readingRate) * cost.tooFast
  );
}
