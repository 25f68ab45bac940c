import { AL, FSI, L, LRI, R, RLI } from './classes.ts';
import type { Isolates } from './match-isolates.ts';

/** Returns the first strong class of a range outside isolates (P2); null if there is none. */
export function firstStrongClass(
  classes: Uint8Array,
  start: number,
  end: number,
  matches: Isolates,
): number | null {
  for (let at = start; at < end; at++) {
    const type = classes[at] ?? L;
    if (type === L || type === R || type === AL) return type;
    if (type !== LRI && type !== RLI && type !== FSI) continue;
    const match = matches[at] ?? -1;
    if (match < 0) return null;
    at = match;
  }
  return null;
}
