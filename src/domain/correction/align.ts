import { distancesBetween, notHeard, tooMuch } from './distance.ts';
import type { Stretch } from './words.ts';

/** Words that are not the same on both sides, as ranges of both. Neither side is empty. */
export type DifferingRun = { readonly heard: Stretch; readonly written: Stretch };

/** Of a passage so much may differ, as a share of its words; of a word alone, of its letters. */
const mostOff = 0.45;
const mostOffAlone = 0.25;
/** Equally good to within this. */
const slack = 0.001;

/**
 * The stretches of what was heard that are most like a passage, all that are equally like it; none when nothing is.
 * Sellers' algorithm: an alignment that may begin and end anywhere in what was heard.
 * @param keys of the passage
 */
export function mostAlike(heard: readonly string[], keys: readonly string[]): Stretch[] {
  const distance = distancesBetween(heard, keys);
  const rows = keys.length + 1;
  // Of the first words of the passage, ending at the word just read: what it costs, and where it begins.
  let costs = Float64Array.from({ length: rows }, (_, row) => row * notHeard);
  let froms = new Int32Array(rows);
  let [nextCosts, nextFroms] = [new Float64Array(rows), new Int32Array(rows)];
  const ends: (Stretch & { cost: number })[] = [];
  for (let at = 0; at < heard.length; at += 1) {
    nextCosts[0] = 0;
    nextFroms[0] = at + 1;
    for (let row = 1; row < rows; row += 1) {
      const replaced = (costs[row - 1] ?? 0) + distance(at, row - 1);
      const extra = (costs[row] ?? 0) + tooMuch;
      const missing = (nextCosts[row - 1] ?? 0) + notHeard;
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
  if (least / keys.length > (keys.length === 1 ? mostOffAlone : mostOff)) return [];
  const best = ends.filter(({ cost }) => cost <= least + slack);
  // Ends side by side are the same stretch.
  return best.filter(({ from }, index) => index === 0 || from >= (best[index - 1]?.to ?? 0));
}

/** What differs between words that were heard and words that were written, aligned from end to end. */
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

/** A word that was left out, or is too many, is told with the word beside it: neither side may be empty. */
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

/** The words that are the same on both sides in the best alignment, in order. */
function sameWords(
  heard: readonly string[],
  written: readonly string[],
): { heard: number; written: number }[] {
  const distance = distancesBetween(heard, written);
  /** Cost of aligning what is left from both places on. */
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
      row[w] = Math.min(both, costAt(h + 1, w) + tooMuch, costAt(h, w + 1) + notHeard);
    }
  }
  const same: { heard: number; written: number }[] = [];
  for (let h = 0, w = 0; h < heard.length && w < written.length; ) {
    const step = distance(h, w);
    if (costAt(h, w) >= costAt(h + 1, w + 1) + step - slack) {
      if (step === 0) same.push({ heard: h, written: w });
      h += 1;
      w += 1;
    } else if (costAt(h + 1, w) + tooMuch <= costAt(h, w + 1) + notHeard) h += 1;
    else w += 1;
  }
  return same;
}
