import { AN, canonical, closingBracket, EN, isClosingBracket, L, NSM, ON, R } from './classes.ts';

/** Maximum nesting of brackets (BD16). */
const maxOpen = 63;

/**
 * Resolves paired brackets (N0) in a run sequence.
 * @param types resolved weak types in logical order, changed in place
 * @param at index of each character in `codePoints` and `original`
 * @param original the classes before rule W1; marks after a bracket follow it
 */
export function resolveBrackets(
  types: Uint8Array,
  at: readonly number[],
  codePoints: Uint32Array,
  original: Uint8Array,
  embedding: number,
  start: number,
): void {
  for (const [open, close] of bracketPairs(types, at, codePoints)) {
    const direction = directionOfPair(types, open, close, embedding, start);
    if (direction === null) continue;
    for (const bracket of [open, close]) {
      types[bracket] = direction;
      for (let mark = bracket + 1; mark < types.length && original[at[mark] ?? 0] === NSM; mark++)
        types[mark] = direction;
    }
  }
}

/** Returns the pairs of brackets in the order of their opening ones (BD16). */
function bracketPairs(
  types: Uint8Array,
  at: readonly number[],
  codePoints: Uint32Array,
): (readonly [number, number])[] {
  const open: { closing: number; place: number }[] = [];
  const pairs: (readonly [number, number])[] = [];
  for (let place = 0; place < types.length; place++) {
    if (types[place] !== ON) continue;
    const codePoint = codePoints[at[place] ?? 0] ?? 0;
    const closing = closingBracket(codePoint);
    if (closing !== undefined) {
      if (open.length === maxOpen) return [];
      open.push({ closing, place });
    } else if (isClosingBracket(codePoint)) {
      const found = open.findLastIndex((bracket) => bracket.closing === canonical(codePoint));
      if (found < 0) continue;
      pairs.push([open[found]?.place ?? 0, place]);
      open.length = found;
    }
  }
  return pairs.sort(([one], [other]) => one - other);
}

/** Returns the direction that a pair of brackets takes; null if there is no strong type within. */
function directionOfPair(
  types: Uint8Array,
  open: number,
  close: number,
  embedding: number,
  start: number,
): number | null {
  let hasOpposite = false;
  for (let place = open + 1; place < close; place++) {
    const strong = strongOf(types[place] ?? ON);
    if (strong === embedding) return embedding;
    if (strong !== null) hasOpposite = true;
  }
  if (!hasOpposite) return null;
  for (let place = open - 1; place >= 0; place--) {
    const strong = strongOf(types[place] ?? ON);
    if (strong !== null) return strong;
  }
  return start;
}

/** Returns the strong direction that a type has for rule N0: numbers count as R. */
function strongOf(type: number): number | null {
  if (type === L) return L;
  return type === R || type === EN || type === AN ? R : null;
}
