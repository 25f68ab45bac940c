import type { Stretch } from '../../domain/correction/words.ts';
import { distancesBetween, notTranscribed, tooMuch } from './distance.ts';

/** A range of words that differs between the two sides. Neither side is empty. */
export type DifferingRun = { readonly heard: Stretch; readonly written: Stretch };

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
export function maxMatches(heard: readonly string[], keys: readonly string[]): Stretch[] {
  const distance = distancesBetween(heard, keys);
  const rows = keys.length + 1;
  // For each number of first words of the passage, ending at the current word: the cost, and where the alignment
  // begins.
  let costs = Float64Array.from({ length: rows }, (_, row) => row * notTranscribed);
  let froms = new Int32Array(rows);
  let [nextCosts, nextFroms] = [new Float64Array(rows), new Int32Array(rows)];
  const ends: (Stretch & { cost: number })[] = [];
  for (let at = 0; at < heard.length; at += 1) {
    nextCosts[0] = 0;
    nextFroms[0] = at + 1;
    for (let row = 1; row < rows; row += 1) {
      const replaced = (costs[row - 1] ?? 0) + distance(at, row - 1);
      const extra = (costs[row] ?? 0) + tooMuch;
      const missing = (nextCosts[row - 1] ?? 0) + notTranscribed;
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
  const least = ends.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  if (least / keys.length > (keys.length === 1 ? maxDistanceAlone : maxDistance)) return [];
  const best = ends.filter(({ cost }) => cost <= least + slack);
  // Adjacent ends belong to the same stretch.
  return best.filter(({ from }, index) => index === 0 || from >= (best[index - 1]?.to ?? 0));
}

/** Returns the runs of words that differ between what was heard and what was written, aligned from end to end. */
export function differingRuns(heard: readonly string[], written: readonly string[]): DifferingRun[] {
  const runs: DifferingRun[] = [];
  let start = { heard: 0, written: 0 };
  const close = (at: typeof start) => {
    if (at.heard > start.heard || at.written > start.written) {
      const run = {
        heard: { from: start.heard, to: at.heard },
        written: { from: start.written, to: at.written },
      };
      runs.push(withNeighbour(run, heard.length, written.length));
    }
  };
  for (const same of sameWords(heard, written)) {
    close(same);
    start = { heard: same.heard + 1, written: same.written + 1 };
  }
  close({ heard: heard.length, written: written.length });
  return runs;
}

/**
 * Extends a run with an empty side (a missing or an extra word) by the word next to it, because no side may be empty.
 */
function withNeighbour(run: DifferingRun, heardLength: number, writtenLength: number): DifferingRun {
  const { heard, written } = run;
  if (heard.to > heard.from && written.to > written.from) return run;
  const back = heard.from > 0 && written.from > 0 ? 1 : 0;
  const on = back === 0 && heard.to < heardLength && written.to < writtenLength ? 1 : 0;
  return {
    heard: { from: heard.from - back, to: heard.to + on },
    written: { from: written.from - back, to: written.to + on },
  };
}

/** Returns the words that are equal on both sides in the best alignment, in order. */
function sameWords(
  heard: readonly string[],
  written: readonly string[],
): { heard: number; written: number }[] {
  const distance = distancesBetween(heard, written);
  /** Cost of aligning everything from both places on. */
  const costs = Array.from({ length: heard.length + 1 }, () => new Float64Array(written.length + 1));
  const costAt = (h: number, w: number) => costs[h]?.[w] ?? Number.POSITIVE_INFINITY;
  for (let h = heard.length; h >= 0; h -= 1) {
    for (let w = written.length; w >= 0; w -= 1) {
      const row = costs[h];
      if (row === undefined || (h === heard.length && w === written.length)) continue;
      const both =
        h < heard.length && w < written.length
          ? costAt(h + 1, w + 1) + distance(h, w)
          : Number.POSITIVE_INFINITY;
      row[w] = Math.min(both, costAt(h + 1, w) + tooMuch, costAt(h, w + 1) + notTranscribed);
    }
  }
  const same: { heard: number; written: number }[] = [];
  for (let h = 0, w = 0; h < heard.length && w < written.length; ) {
    const step = distance(h, w);
    if (costAt(h, w) >= costAt(h + 1, w + 1) + step - slack) {
      if (step === 0) same.push({ heard: h, written: w });
      h += 1;
      w += 1;
    } else if (costAt(h + 1, w) + tooMuch <= costAt(h, w + 1) + notTranscribed) h += 1;
    else w += 1;
  }
  return same;
}
