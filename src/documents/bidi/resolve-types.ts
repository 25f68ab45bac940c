import { AL, AN, B, CS, EN, ES, ET, FSI, L, LRI, NSM, ON, PDI, R, RLI, S, WS } from './classes.ts';

/**
 * Resolves weak types (W1 to W7) in a run sequence.
 * @param types the classes of its characters in logical order, changed in place
 * @param start direction before it, `L` or `R`
 */
export function resolveWeakTypes(types: Uint8Array, start: number): void {
  let previous = start;
  let strong = start;
  for (let at = 0; at < types.length; at++) {
    let type = types[at] ?? L;
    if (type === NSM) {
      // W1: a mark takes the class before it, or ON after an isolate's edge.
      type = previous;
    } else if (type === LRI || type === RLI || type === FSI || type === PDI) {
      previous = ON;
      continue;
    }
    previous = type;
    if (type === L || type === R || type === AL) strong = type;
    if (type === EN && strong === AL) type = AN; // W2
    types[at] = type === AL ? AL : type;
  }
  resolveSeparators(types);
  resolveTerminators(types);
  resolveNumbers(types, start);
}

/** W3 and W4: AL becomes R; a single separator between numbers of one kind joins them. */
function resolveSeparators(types: Uint8Array): void {
  for (let at = 0; at < types.length; at++) {
    const type = types[at] ?? L;
    if (type === AL) types[at] = R;
    else if (type === ES || type === CS) {
      const [before, after] = [types[at - 1], types[at + 1]];
      if (before === EN && after === EN) types[at] = EN;
      else if (type === CS && before === AN && after === AN) types[at] = AN;
    }
  }
}

/** W5 and W6: terminators beside European numbers join them; other separators and terminators are neutral. */
function resolveTerminators(types: Uint8Array): void {
  for (let at = 0; at < types.length; at++) {
    const type = types[at] ?? L;
    if (type === ES || type === CS) types[at] = ON;
    if (type !== ET) continue;
    let end = at;
    while (types[end] === ET) end++;
    const isNumber = types[at - 1] === EN || types[end] === EN;
    types.fill(isNumber ? EN : ON, at, end);
    at = end - 1;
  }
}

/** W7: a European number after a left-to-right letter is left-to-right. */
function resolveNumbers(types: Uint8Array, start: number): void {
  let strong = start;
  for (let at = 0; at < types.length; at++) {
    const type = types[at] ?? L;
    if (type === L || type === R) strong = type;
    else if (type === EN && strong === L) types[at] = L;
  }
}

/** Returns true for neutral and isolate classes (NI). */
function isNeutral(type: number): boolean {
  return type === WS || type === ON || type === B || type === S || (type >= LRI && type <= PDI);
}

/**
 * Resolves neutral types (N1 and N2) in a run sequence.
 * @param embedding direction of its level, like `start` and `end`: `L` or `R`
 */
export function resolveNeutralTypes(types: Uint8Array, embedding: number, start: number, end: number): void {
  let before = start;
  for (let at = 0; at < types.length; at++) {
    const type = types[at] ?? L;
    if (!isNeutral(type)) {
      before = type === L ? L : R;
      continue;
    }
    let stop = at;
    while (stop < types.length && isNeutral(types[stop] ?? L)) stop++;
    const after = stop === types.length ? end : types[stop] === L ? L : R;
    types.fill(before === after ? before : embedding, at, stop);
    at = stop - 1;
  }
}
