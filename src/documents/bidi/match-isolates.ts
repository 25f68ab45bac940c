import { B, FSI, L, LRI, PDI, RLI } from './classes.ts';

/** Matching of isolate initiators and PDIs (BD9): each one's index by the other's; -1 where it has none. */
export type Isolates = Int32Array;

/** Matches isolate initiators with their PDIs (BD9). */
export function matchIsolates(classes: Uint8Array): Isolates {
  const matches = new Int32Array(classes.length).fill(-1);
  const open: number[] = [];
  for (let at = 0; at < classes.length; at++) {
    const type = classes[at] ?? L;
    if (type === LRI || type === RLI || type === FSI) open.push(at);
    else if (type === PDI) {
      const start = open.pop();
      if (start === undefined) continue;
      matches[start] = at;
      matches[at] = start;
    } else if (type === B) open.length = 0;
  }
  return matches;
}
