import { BN, FSI, LRE, LRI, PDF, PDI, RLI } from './classes.ts';
import type { Isolates } from './match-isolates.ts';

/** An isolating run sequence (BD13): its characters, and the directions before and after it (0 is L, 1 is R). */
export type RunSequence = {
  /** Indexes in logical order, without characters that rule X9 removes. */
  readonly at: readonly number[];
  readonly level: number;
  readonly start: number;
  readonly end: number;
};

/** Returns true for a class that rule X9 removes. */
export function isRemoved(type: number): boolean {
  return type === BN || (type >= LRE && type <= PDF);
}

/**
 * Returns the isolating run sequences of a paragraph (X10).
 * @param classes the original classes, before overrides
 */
export function runSequences(
  classes: Uint8Array,
  levels: Uint8Array,
  matches: Isolates,
  base: number,
): RunSequence[] {
  const sequences: { at: number[]; level: number; start: number; end: number }[] = [];
  /** The sequence that continues at a PDI, by the PDI's index. */
  const waiting = new Map<number, { at: number[]; level: number; start: number; end: number }>();
  let before = base;
  for (let from = 0; from < classes.length; ) {
    if (isRemoved(classes[from] ?? BN)) {
      from++;
      continue;
    }
    const level = levels[from] ?? base;
    let last = from;
    let to = from;
    const run: number[] = [];
    for (; to < classes.length; to++) {
      if (isRemoved(classes[to] ?? BN)) continue;
      if (levels[to] !== level) break;
      run.push(to);
      last = to;
    }
    const after = to < classes.length ? (levels[to] ?? base) : base;
    const continued = classes[from] === PDI ? waiting.get(from) : undefined;
    const sequence = continued ?? { at: [], level, start: Math.max(before, level) & 1, end: 0 };
    if (continued === undefined) sequences.push(sequence);
    for (const index of run) sequence.at.push(index);
    const lastType = classes[last];
    const isOpen = lastType === LRI || lastType === RLI || lastType === FSI;
    const match = isOpen ? (matches[last] ?? -1) : -1;
    if (match >= 0) waiting.set(match, sequence);
    sequence.end = Math.max(isOpen && match < 0 ? base : after, level) & 1;
    before = level;
    from = to;
  }
  return sequences;
}
