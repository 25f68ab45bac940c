import { AL, classOf, FSI, L, LRI, PDI, R, RLI } from '../bidi/classes.ts';
import { bidiLevels, type IsolateRange } from '../bidi/embedding-levels.ts';

export type Direction = 'rtl' | 'ltr';

/**
 * Returns the direction of a paragraph's first strong character outside isolates (UAX #9, P2 and P3); null if
 * there is none, as in `(۱۲۳)` with Persian digits.
 */
export function firstStrongDirection(text: string): Direction | null {
  let isolates = 0;
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at++;
    const type = classOf(codePoint);
    if (type === LRI || type === RLI || type === FSI) isolates++;
    else if (type === PDI) isolates = Math.max(0, isolates - 1);
    else if (isolates === 0 && type === L) return 'ltr';
    else if (isolates === 0 && (type === R || type === AL)) return 'rtl';
  }
  return null;
}

/** A run of one embedding level; odd levels are right-to-left. `start` and `end` are UTF-16 indexes. */
export type LevelRun = { readonly start: number; readonly end: number; readonly level: number };

/**
 * Returns the embedding level of each UTF-16 unit of a paragraph.
 * @param isolates ranges that are laid out from left to right in any surroundings
 */
export function embeddingLevels(
  text: string,
  direction: Direction,
  isolates: readonly IsolateRange[] = [],
): Uint8Array {
  return bidiLevels(text, direction === 'rtl' ? 1 : 0, isolates);
}
/** Splits a text's levels into runs of one level, in logical order. */
export function levelRuns(levels: Uint8Array): LevelRun[] {
  const runs: LevelRun[] = [];
  let start = 0;
  for (let index = 1; index <= levels.length; index++) {
    if (levels[index] === levels[start]) continue;
    runs.push({ start, end: index, level: levels[start] ?? 0 });
    start = index;
  }
  return runs;
}

/**
 * Reorders by rule L2: reverses each sequence at or above a level, from the highest level to the lowest odd one.
 */
export function visualOrder<Item extends { readonly level: number }>(items: readonly Item[]): Item[] {
  let highest = 0;
  let lowestOdd = Number.MAX_SAFE_INTEGER;
  let isUniform = true;
  const first = items[0]?.level ?? 0;
  for (const { level } of items) {
    if (level > highest) highest = level;
    if (level % 2 === 1 && level < lowestOdd) lowestOdd = level;
    if (level !== first) isUniform = false;
  }
  if (isUniform) return first % 2 === 1 ? items.toReversed() : [...items];
  const ordered = [...items];
  for (let level = highest; level >= lowestOdd; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end++;
      reverse(ordered, start, end);
      start = end;
    }
  }
  return ordered;
}

/** Reverses a range in place. */
function reverse<Item>(items: Item[], start: number, end: number): void {
  for (let [low, high] = [start, end - 1]; low < high; low++, high--) {
    const item = items[low] as Item;
    items[low] = items[high] as Item;
    items[high] = item;
  }
}
