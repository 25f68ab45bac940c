import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadFonts } from '../../src/documents/fonts.ts';
import { firstStrongDirection, visualOrder } from '../../src/documents/layout/direction.ts';
import { directionRuns } from '../../src/documents/layout/direction-runs.ts';
import { layoutParagraph, type Paragraph } from '../../src/documents/layout/paragraph.ts';
import { recordedSize, recordedWidth } from './documents-texts.ts';

const { regular } = await loadFonts();

function layout(text: string, width = recordedWidth): Paragraph {
  return layoutParagraph(text, { shaper: regular, size: recordedSize, width, fallbackDirection: 'rtl' });
}

/** The words of the first line from left to right, each as it is read. */
function fromLeftToRight(text: string): string[] {
  return (layout(text).lines[0]?.runs ?? []).filter((run) => !run.isSpace).map((run) => run.text);
}

/** The characters whose glyphs are drawn, from left to right. */
function drawn(text: string): string {
  const glyphs = layout(text).lines.flatMap((line) => line.runs.flatMap((run) => run.glyphs));
  return String.fromCodePoint(...glyphs.flatMap((glyph) => glyph.codePoints));
}

type Recorded = { text: string; words: { start: number; line: number; x: number }[] }[];
const chromium: Recorded = JSON.parse(
  await readFile(new URL('../fixtures/documents/chromium-layout.json', import.meta.url), 'utf8'),
);

it.each(chromium)('puts every word where Chromium puts it: $text', ({ text, words }) => {
  const placed = layout(text).lines.flatMap((line, index) =>
    line.runs.filter((run) => !run.isSpace).map(({ start, x }) => ({ start, line: index, x })),
  );
  expect(placed.map(({ start, line }) => ({ start, line }))).toEqual(
    words.map(({ start, line }) => ({ start, line })),
  );
  for (const [index, word] of words.entries())
    expect(Math.abs((placed[index]?.x ?? 0) - word.x)).toBeLessThan(0.5);
});

it('keeps numbers and English the right way round in Persian', () => {
  expect(fromLeftToRight('عدد ۱۲۳ و متن English است')).toEqual(['است', 'English', 'متن', 'و', '۱۲۳', 'عدد']);
  expect(drawn('۱۲۳')).toBe('۱۲۳');
  expect(drawn('(الف)')).toBe('(فلا)');
});

it('joins letters as they are read and keeps the half-space', () => {
  const [run] = layout('می‌شود').lines[0]?.runs ?? [];
  expect(run?.glyphs.map((glyph) => glyph.codePoints)).toEqual(
    [...'دوش\u200cیم'].map((letter) => [letter.codePointAt(0)]),
  );
  const blank = run?.glyphs.find((glyph) => glyph.codePoints[0] === 0x200c);
  expect(blank?.advance).toBe(0);
});

it('takes the direction of the first strong character outside isolates', () => {
  expect(firstStrongDirection('۱۲۳ - (سلام) hello')).toBe('rtl');
  expect(firstStrongDirection('12. hello سلام')).toBe('ltr');
  expect(firstStrongDirection('\u2067سلام\u2069 hello')).toBe('ltr');
  expect(firstStrongDirection('۱۲۳ …')).toBeNull();
  expect(layout('۱۲۳').direction).toBe('rtl');
});

it('reorders by rule L2', () => {
  const items = [...'abcdefg'].map((name, index) => ({ name, level: [0, 1, 1, 2, 2, 1, 0][index] ?? 0 }));
  expect(visualOrder(items).map((item) => item.name)).toEqual([...'afdecbg']);
});

it('tells other programs the direction of each run', () => {
  expect(directionRuns('عدد ۱۲۳ و (متن English داخل) است', 'rtl')).toEqual([
    { text: 'عدد ۱۲۳ و (متن ', direction: 'rtl' },
    { text: 'English', direction: 'ltr' },
    { text: ' داخل) است', direction: 'rtl' },
  ]);
});

it('draws a question mark for each grapheme that the font lacks, and says so', () => {
  expect(drawn('a👨‍👩‍👧b')).toBe('a?b');
  expect(layout('a👨‍👩‍👧b').lines[0]?.runs.map((run) => run.isIncomplete)).toEqual([false, true, false]);
});

it('cuts a word without end into lines, and draws at most thirty marks on a letter', () => {
  const { lines } = layout('ب'.repeat(5000));
  expect(lines.flatMap((line) => line.runs.map((run) => run.text)).join('')).toBe('ب'.repeat(5000));
  for (const line of lines) expect(line.width).toBeLessThanOrEqual(recordedWidth);
  expect([...drawn(`a${'\u0301'.repeat(1000)}`)].length).toBeLessThanOrEqual(31);
});

const letters = fc.constantFrom(
  ...'ابپسلمنیو‌َ',
  ...'abc(){}[]<>.,:;"\'-/',
  ...'۱۲۳123',
  '\u200f',
  '\u2067',
  '\u2069',
  '\u202e',
  '😀',
  '中',
);
const word = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: letters, minLength: 1, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: letters, minLength: 30, maxLength: 200 }) },
);

it('keeps every line inside the column and loses no word', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), fc.integer({ min: 60, max: 500 }), (words, width) => {
      const text = words.join(' ');
      const { lines } = layout(text, width);
      for (const line of lines) {
        for (const run of line.runs) {
          expect(run.x).toBeGreaterThan(-0.001);
          expect(run.x + run.width).toBeLessThan(width + 0.001);
        }
      }
      const read = lines.flatMap((line) => line.runs).toSorted((a, b) => a.start - b.start);
      const shown = read.filter((run) => !run.isSpace).map((run) => run.text);
      expect(shown.join('')).toBe(text.replaceAll(' ', ''));
    }),
    { numRuns: 300, seed: 20_261_122 },
  );
});
