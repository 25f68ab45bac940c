import { readFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bidiClasses, classOf } from '../../src/documents/bidi/classes.ts';
import { bidiLevels } from '../../src/documents/bidi/embedding-levels.ts';
import { firstStrongDirection } from '../../src/documents/layout/direction.ts';

/** Reads the lines of a test of the Unicode Character Database, as scripts/unicode-tables.ts reduces it. */
async function linesOf(name: string): Promise<string[]> {
  const packed = await readFile(new URL(`../fixtures/unicode/${name}.txt.br`, import.meta.url));
  return brotliDecompressSync(packed).toString('utf8').trimEnd().split('\n');
}

/** A code point of each class, none of them a bracket. */
const sample = new Map<string, string>();
for (let codePoint = 0x0; codePoint < 0x3000; codePoint++) {
  const name = bidiClasses[classOf(codePoint)] ?? '';
  if (!sample.has(name)) sample.set(name, String.fromCodePoint(codePoint));
}

/** Returns true if the levels are those of a test's line, where `x` stands for any. */
function matches(levels: Uint8Array, expected: readonly string[]): boolean {
  return (
    levels.length === expected.length &&
    expected.every((level, index) => level === 'x' || Number(level) === levels[index])
  );
}

const directionOf = (text: string): 0 | 1 => (firstStrongDirection(text) === 'rtl' ? 1 : 0);

test('levels are those of all lines of BidiTest.txt', async () => {
  let count = 0;
  let levels: string[] = [];
  const wrong: string[] = [];
  for (const line of await linesOf('bidi-test')) {
    if (line.startsWith('@')) {
      levels = line === '@' ? [] : line.slice(1).split(' ');
      continue;
    }
    const [input = '', bits = ''] = line.split(';');
    const text = input
      .split(' ')
      .map((name) => sample.get(name))
      .join('');
    const bases: (0 | 1)[] = [];
    if (Number.parseInt(bits, 16) & 1) bases.push(directionOf(text));
    if (Number.parseInt(bits, 16) & 2) bases.push(0);
    if (Number.parseInt(bits, 16) & 4) bases.push(1);
    count += bases.length;
    // The text's own direction is often one of the other two.
    for (const base of new Set(bases)) {
      if (!matches(bidiLevels(text, base), levels)) wrong.push(`${line} in ${base}`);
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(count).toBeGreaterThan(770_000);
});

test('levels are those of all lines of BidiCharacterTest.txt', async () => {
  let count = 0;
  const wrong: string[] = [];
  for (const line of await linesOf('bidi-character-test')) {
    const [numbers = '', direction = '', base = '', expected = ''] = line.split(';');
    const characters = numbers.split(' ').map((number) => String.fromCodePoint(Number.parseInt(number, 16)));
    const text = characters.join('');
    // Each code point's level once for each of its UTF-16 units.
    const levels = expected
      .split(' ')
      .flatMap((level, index) => Array.from({ length: characters[index]?.length ?? 0 }, () => level));
    count++;
    if (direction === '2' && directionOf(text) !== Number(base)) wrong.push(`${line}: base`);
    if (!matches(bidiLevels(text, base === '1' ? 1 : 0), levels)) wrong.push(line);
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(count).toBeGreaterThan(91_000);
});
