import { resolveBrackets } from './brackets.ts';
import { AL, B, BN, CS, classOf, EN, ES, ET, L, LRE, LRI, NSM, ON, PDI, R, S, WS } from './classes.ts';
import { setExplicitLevels } from './explicit-levels.ts';
import { matchIsolates } from './match-isolates.ts';
import { resolveNeutralTypes, resolveWeakTypes } from './resolve-types.ts';
import { isRemoved, runSequences } from './run-sequences.ts';

/** A range of UTF-16 units. */
export type IsolateRange = { readonly from: number; readonly to: number };

const bit = (...types: number[]) => types.reduce((mask, type) => mask | (1 << type), 0);
const neutral = bit(ES, ET, CS, NSM, BN, B, S, WS, ON);
/** Classes that all have level 1 in a right-to-left paragraph, and those that all have level 0 in the other. */
const plainRightToLeft = neutral | bit(R, AL);
const plainLeftToRight = neutral | bit(L, EN);

/**
 * Returns the embedding level of each UTF-16 unit of a paragraph by the bidirectional algorithm (UAX #9). Both units of
 * a surrogate pair have the level of their code point; a character that rule X9 removes has the level of the one
 * before.
 * @param base level of the paragraph, 0 or 1
 * @param isolates ranges that are laid out as if LRI and PDI stood around them; in growing order
 */
export function bidiLevels(text: string, base: 0 | 1, isolates: readonly IsolateRange[] = []): Uint8Array {
  const units = text.length;
  const capacity = units + 2 * isolates.length;
  const classes = new Uint8Array(capacity);
  const codePoints = new Uint32Array(capacity);
  /** Index of the character that each unit belongs to. */
  const place = isolates.length === 0 ? null : new Uint32Array(units);
  let count = 0;
  let seen = 0;
  let hasPairs = false;
  let next = 0;
  let isOpen = false;
  for (let at = 0; at < units; at++) {
    if (place !== null) {
      if (isOpen && isolates[next]?.to === at) {
        classes[count++] = PDI;
        isOpen = false;
        next++;
      }
      if (!isOpen && isolates[next]?.from === at) {
        classes[count++] = LRI;
        isOpen = true;
      }
    }
    let codePoint = text.charCodeAt(at);
    if (place !== null) place[at] = count;
    if (codePoint >= 0xd800 && codePoint < 0xdc00) {
      codePoint = text.codePointAt(at) ?? codePoint;
      if (codePoint > 0xffff) {
        hasPairs = true;
        at++;
        if (place !== null) place[at] = count;
      }
    }
    const type = classOf(codePoint);
    seen |= 1 << type;
    classes[count] = type;
    codePoints[count] = codePoint;
    count++;
  }
  if (isOpen) classes[count++] = PDI;
  const plain = base === 1 ? plainRightToLeft : plainLeftToRight;
  if ((seen & ~plain) === 0) return new Uint8Array(units).fill(base);
  const hasIsolates = isolates.length > 0 || (seen & bit(LRI, LRI + 1, LRI + 2, PDI)) !== 0;
  const levels = levelsOf(
    classes.subarray(0, count),
    codePoints,
    base,
    hasIsolates || (seen & bit(LRE, LRE + 1, LRE + 2, LRE + 3)) !== 0,
  );
  if (place !== null) return Uint8Array.from({ length: units }, (_, at) => levels[place[at] ?? 0] ?? base);
  return hasPairs ? ofUnits(text, levels) : levels;
}

/** Returns the levels of characters. `classes` are changed. */
function levelsOf(
  classes: Uint8Array,
  codePoints: Uint32Array,
  base: number,
  hasExplicit: boolean,
): Uint8Array {
  const levels = new Uint8Array(classes.length).fill(base);
  const matches = hasExplicit ? matchIsolates(classes) : new Int32Array(0);
  const original = classes.slice();
  if (hasExplicit) setExplicitLevels(classes, levels, matches, base);
  for (const { at, level, start, end } of runSequences(original, levels, matches, base)) {
    const types = new Uint8Array(at.length);
    for (let index = 0; index < at.length; index++) types[index] = classes[at[index] ?? 0] ?? L;
    const embedding = level & 1;
    resolveWeakTypes(types, start);
    resolveBrackets(types, at, codePoints, original, embedding, start);
    resolveNeutralTypes(types, embedding, start, end);
    for (let index = 0; index < at.length; index++) {
      levels[at[index] ?? 0] = level + raise(types[index] ?? L, embedding);
    }
  }
  resetSpaces(original, levels, base);
  return levels;
}

/** Returns how far a resolved type is above its level (I1 and I2). */
function raise(type: number, embedding: number): number {
  if (embedding === 1) return type === R ? 0 : 1;
  return type === L ? 0 : type === R ? 1 : 2;
}

/** Gives separators, and spaces before them and at the end, the paragraph's level (L1); fills in removed characters. */
function resetSpaces(original: Uint8Array, levels: Uint8Array, base: number): void {
  let isTrailing = true;
  for (let at = levels.length - 1; at >= 0; at--) {
    const type = original[at] ?? L;
    if (type === B || type === S) {
      levels[at] = base;
      isTrailing = true;
    } else if (type === WS || (type >= LRI && type <= PDI)) {
      if (isTrailing) levels[at] = base;
    } else if (!isRemoved(type)) isTrailing = false;
  }
  for (let at = 0; at < levels.length; at++) {
    if (isRemoved(original[at] ?? L)) levels[at] = levels[at - 1] ?? base;
  }
}

function ofUnits(text: string, levels: Uint8Array): Uint8Array {
  const all = new Uint8Array(text.length);
  let index = 0;
  for (let at = 0; at < text.length; at++) {
    const level = levels[index++] ?? 0;
    all[at] = level;
    if ((text.codePointAt(at) ?? 0) > 0xffff) all[++at] = level;
  }
  return all;
}
