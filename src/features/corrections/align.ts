import type { Stretch } from '../../domain/correction/words.ts';
import { distancesBetween, extraWordCost, missingWordCost } from './distance.ts';

/** A range of words that differs between the two sides. Neither side is empty. */
export type DifferingRun = { readonly transcribed: Stretch; readonly written: Stretch };

/** Maximum difference for a match: as a share of the words of a passage, and of the letters of a single word. */
const maxDistance = 0.45;
const maxDistanceAlone = 0.25;
/** Costs that differ by less than this count as equal. */
const slack = 0.001;

/**
 * Returns the stretches of the transcript that are most similar to a passage, including all equally similar ones; empty
 * when none is similar enough. Sellers' algorithm: an alignment that may begin and end anywhere in the transcript.
 * @param keys of the passage
 */
export function closestMatches(transcribed: readonly string[], keys: readonly string[]): Stretch[] {
  const distance = distancesBetween(transcribed, keys);
  const rows = keys.length + 1;
  // For each number of first words of the passage, ending at the current word: the cost, and where the alignment
  // begins.
  let costs = Float64Array.from({ length: rows }, (_, row) => row * missingWordCost);
  let froms = new Int32Array(rows);
  let [nextCosts, nextFroms] = [new Float64Array(rows), new Int32Array(rows)];
  const ends: (Stretch & { cost: number })[] = [];
  for (let at = 0; at < transcribed.length; at += 1) {
    nextCosts[0] = 0;
    nextFroms[0] = at + 1;
    for (let row = 1; row < rows; row += 1) {
      const replaced = (costs[row - 1] ?? 0) + distance(at, row - 1);
      const extra = (costs[row] ?? 0) + extraWordCost;
      const missing = (nextCosts[row - 1] ?? 0) + missingWordCost;
      const cost = Math.min(replaced, extra, missing);
      nextCosts[row] = cost;
      nextFroms[row] =
        (cost === replaced ? froms[row - 1] : cost === extra ? froms[row] : nextFroms[row - 1]) ?? 0;
    }
    [costs, nextCosts] = [nextCosts, costs];
    [froms, nextFroms] = [nextFroms, froms];
    const from = froms[keys.length] ?? 0;
    if (from <= at) ends.push({ from, to: at + 1, cost: costs[keys.length] ?? 0 });
  }
  const minCost = ends.reduce((min, { cost }) => Math.min(min, cost), Number.POSITIVE_INFINITY);
  if (minCost / keys.length > (keys.length === 1 ? maxDistanceAlone : maxDistance)) return [];
  const best = ends.filter(({ cost }) => cost <= minCost + slack);
  // Adjacent ends belong to the same stretch.
  return best.filter(({ from }, index) => index === 0 || from >= (best[index - 1]?.to ?? 0));
}

/** Returns the runs of words that differ between the transcribed and the written words, aligned from end to end. */
export function differingRuns(transcribed: readonly string[], written: readonly string[]): DifferingRun[] {
  const runs: DifferingRun[] = [];
  let start = { transcribed: 0, written: 0 };
  const close = (at: typeof start) => {
    if (at.transcribed > start.transcribed || at.written > start.written) {
      const run = {
        transcribed: { from: start.transcribed, to: at.transcribed },
        written: { from: start.written, to: at.written },
      };
      runs.push(withNeighbour(run, transcribed.length, written.length));
    }
  };
  for (const same of sameWords(transcribed, written)) {
    close(same);
    start = { transcribed: same.transcribed + 1, written: same.written + 1 };
  }
  close({ transcribed: transcribed.length, written: written.length });
  return runs;
}

/**
 * Extends a run with an empty side (a missing or an extra word) by the word next to it, because no side may be empty.
 */
function withNeighbour(run: DifferingRun, transcribedLength: number, writtenLength: number): DifferingRun {
  const { transcribed, written } = run;
  if (transcribed.to > transcribed.from && written.to > written.from) return run;
  const back = transcribed.from > 0 && written.from > 0 ? 1 : 0;
  const on = back === 0 && transcribed.to < transcribedLength && written.to < writtenLength ? 1 : 0;
  return {
    transcribed: { from: transcribed.from - back, to: transcribed.to + on },
    written: { from: written.from - back, to: written.to + on },
  };
}

/** Returns the words that are equal on both sides in the best alignment, in order. */
function sameWords(
  transcribed: readonly string[],
  written: readonly string[],
): { transcribed: number; written: number }[] {
  const distance = distancesBetween(transcribed, written);
  /** Cost of aligning everything from both places on. */
  const costs = Array.from({ length: transcribed.length + 1 }, () => new Float64Array(written.length + 1));
  const costAt = (t: number, w: number) => costs[t]?.[w] ?? Number.POSITIVE_INFINITY;
  for (let t = transcribed.length; t >= 0; t -= 1) {
    for (let w = written.length; w >= 0; w -= 1) {
      const row = costs[t];
      if (row === undefined || (t === transcribed.length && w === written.length)) continue;
      const both =
        t < transcribed.length && w < written.length
          ? costAt(t + 1, w + 1) + distance(t, w)
          : Number.POSITIVE_INFINITY;
      row[w] = Math.min(both, costAt(t + 1, w) + extraWordCost, costAt(t, w + 1) + missingWordCost);
    }
  }
  const same: { transcribed: number; written: number }[] = [];
  for (let t = 0, w = 0; t < transcribed.length && w < written.length; ) {
    const step = distance(t, w);
    if (costAt(t, w) >= costAt(t + 1, w + 1) + step - slack) {
      if (step === 0) same.push({ transcribed: t, written: w });
      t += 1;
      w += 1;
    } else if (costAt(t + 1, w) + extraWordCost <= costAt(t, w + 1) + missingWordCost) t += 1;
    else w += 1;
  }
  return same;
}
