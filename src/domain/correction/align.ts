import type { Stretch } from './words.ts';

/** Words that are not the same on both sides, as ranges of both. Neither side is empty. */
export type DifferingRun = { readonly heard: Stretch; readonly written: Stretch };

/** Another word in its place costs a little more than a word too many: what is the same then stays together. */
const otherWord = 1.05;
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
  const distance = createDistance();
  /** Of the first i words of the passage, ending at the word just read: what it costs, and where it begins. */
  let column = Array.from({ length: keys.length + 1 }, (_, i) => ({ cost: i, from: 0 }));
  const ends: (Stretch & { cost: number })[] = [];
  heard.forEach((key, at) => {
    const next = [{ cost: 0, from: at + 1 }];
    keys.forEach((written, i) => {
      const [replaced, added, left] = [column[i], column[i + 1], next[i]];
      if (replaced === undefined || added === undefined || left === undefined) return;
      const off = distance(key, written);
      next.push(
        [
          { cost: replaced.cost + off, from: replaced.from },
          { cost: added.cost + 1, from: added.from },
          { cost: left.cost + 1, from: left.from },
        ].reduce((best, way) => (way.cost < best.cost ? way : best)),
      );
    });
    column = next;
    const last = next.at(-1);
    if (last !== undefined && last.from <= at) ends.push({ from: last.from, to: at + 1, cost: last.cost });
  });
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
  const distance = createDistance();
  /** Cost of aligning what is left from both places on. */
  const costs = Array.from({ length: heard.length + 1 }, () => new Float64Array(written.length + 1));
  const costAt = (h: number, w: number) => costs[h]?.[w] ?? Number.POSITIVE_INFINITY;
  const off = (h: number, w: number) => distance(heard[h] ?? '', written[w] ?? '');
  for (let h = heard.length; h >= 0; h -= 1) {
    for (let w = written.length; w >= 0; w -= 1) {
      const row = costs[h];
      if (row === undefined || (h === heard.length && w === written.length)) continue;
      const both =
        h < heard.length && w < written.length ? costAt(h + 1, w + 1) + off(h, w) : Number.POSITIVE_INFINITY;
      row[w] = Math.min(both, costAt(h + 1, w) + 1, costAt(h, w + 1) + 1);
    }
  }
  const same: { heard: number; written: number }[] = [];
  for (let h = 0, w = 0; h < heard.length && w < written.length; ) {
    const step = off(h, w);
    if (costAt(h, w) >= costAt(h + 1, w + 1) + step - slack) {
      if (step === 0) same.push({ heard: h, written: w });
      h += 1;
      w += 1;
    } else if (costAt(h + 1, w) <= costAt(h, w + 1)) h += 1;
    else w += 1;
  }
  return same;
}

/** How far words are from each other, as a share of their letters: 0 the same. Remembers what it has compared. */
function createDistance(): (a: string, b: string) => number {
  const known = new Map<string, number>();
  return (a, b) => {
    if (a === b) return 0;
    const pair = `${a}\n${b}`;
    const before = known.get(pair);
    if (before !== undefined) return before;
    const share = lettersOff(a, b) / Math.max(a.length, b.length);
    const distance = share < 1 ? share : otherWord;
    known.set(pair, distance);
    return distance;
  };
}

/** Letters to change, add or take away (Levenshtein). */
function lettersOff(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (b[j] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
