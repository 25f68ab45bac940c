import { bracketPairs, classRuns } from './class-data.ts';

/** Bidi_Class values by their index; `class-data.ts` refers to them by it. */
export const bidiClasses: readonly string[] = [
  ...['L', 'R', 'AL', 'EN', 'ES', 'ET', 'AN', 'CS', 'NSM', 'BN', 'B', 'S', 'WS', 'ON'],
  ...['LRE', 'LRO', 'RLE', 'RLO', 'PDF', 'LRI', 'RLI', 'FSI', 'PDI'],
];

export const L = 0;
export const R = 1;
export const AL = 2;
export const EN = 3;
export const ES = 4;
export const ET = 5;
export const AN = 6;
export const CS = 7;
export const NSM = 8;
export const BN = 9;
export const B = 10;
export const S = 11;
export const WS = 12;
export const ON = 13;
export const LRE = 14;
export const LRO = 15;
export const RLE = 16;
export const RLO = 17;
export const PDF = 18;
export const LRI = 19;
export const RLI = 20;
export const FSI = 21;
export const PDI = 22;

/** Code points per page of the table, as a power of two. Pages that are equal are stored once. */
const pageBits = 8;
const pageSize = 1 << pageBits;
const table = readTable(classRuns);

/** Returns the index of a code point's Bidi_Class. */
export function classOf(codePoint: number): number {
  return (
    table.pages[((table.index[codePoint >> pageBits] ?? 0) << pageBits) | (codePoint & (pageSize - 1))] ?? L
  );
}

/** Closing brackets by their opening ones, and the reverse. */
const closing = new Map<number, number>();
const opening = new Map<number, number>();
const pairs = bracketPairs.split(' ').map((number) => Number.parseInt(number, 36));
for (let at = 0; at < pairs.length; at += 2) {
  closing.set(canonical(pairs[at] ?? 0), canonical(pairs[at + 1] ?? 0));
  opening.set(canonical(pairs[at + 1] ?? 0), canonical(pairs[at] ?? 0));
}

/** Returns the closing bracket that belongs to an opening one; undefined for every other code point. */
export function closingBracket(codePoint: number): number | undefined {
  return closing.get(canonical(codePoint));
}

/** Returns true for a closing bracket. */
export function isClosingBracket(codePoint: number): boolean {
  return opening.has(canonical(codePoint));
}

/** Maps the two angle brackets U+2329 and U+232A to the canonically equivalent U+3008 and U+3009 (BD16). */
export function canonical(codePoint: number): number {
  return codePoint === 0x2329 || codePoint === 0x232a ? codePoint + 0xcdf : codePoint;
}

function readTable(runs: string): { index: Uint16Array; pages: Uint8Array } {
  const all = new Uint8Array(0x110000);
  const numbers = runs.split(' ').map((number) => Number.parseInt(number, 36));
  let at = 0;
  for (let run = 0; run < numbers.length; run += 2) {
    const end = at + (numbers[run] ?? 0);
    all.fill(numbers[run + 1] ?? L, at, end);
    at = end;
  }
  const index = new Uint16Array(all.length >> pageBits);
  const numberOf = new Map<string, number>();
  const pages: Uint8Array[] = [];
  for (let page = 0; page < index.length; page++) {
    const values = all.subarray(page << pageBits, (page + 1) << pageBits);
    const first = values[0] ?? L;
    const key = values.every((value) => value === first) ? String(first) : values.join();
    let number = numberOf.get(key);
    if (number === undefined) {
      number = pages.push(values) - 1;
      numberOf.set(key, number);
    }
    index[page] = number;
  }
  const distinct = new Uint8Array(pages.length << pageBits);
  for (const [number, values] of pages.entries()) distinct.set(values, number << pageBits);
  return { index, pages: distinct };
}
