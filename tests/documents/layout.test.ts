import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shapersFor } from '../../src/documents/fonts/shaper.ts';
import { firstStrongDirection, visualOrder } from '../../src/documents/layout/direction.ts';
import { directionRuns as runsOf } from '../../src/documents/layout/direction-runs.ts';
import { layOutParagraph } from '../../src/documents/layout/paragraph.ts';
import { layoutOf, recordedWidth } from './recorded-layout.ts';

const layout = (text: string, width = recordedWidth) => layoutOf(text, 'fa', width);

/** Returns the words of the first line from left to right, each in reading order. */
function fromLeftToRight(text: string): string[] {
  return (layout(text).lines[0]?.runs ?? []).filter((run) => !run.isSpace).map((run) => run.text);
}

/** Returns the copied text, glyph by glyph from left to right. */
function copied(text: string): string {
  const runs = layout(text).lines.flatMap((line) => line.runs);
  return runs.flatMap(({ cells, textLayer }) => (textLayer ?? cells).map((cell) => cell.text)).join('');
}

type Recorded = { text: string; language: string; words: { start: number; line: number; x: number }[] }[];
const chromium: Recorded = JSON.parse(
  await readFile(new URL('../fixtures/documents/chromium-layout.json', import.meta.url), 'utf8'),
);

test.each(chromium)(
  'every word is placed where Chromium places it: $language, $text',
  ({ text, language, words }) => {
    const placed = layoutOf(text, language).lines.flatMap((line, index) =>
      line.runs.filter((run) => !run.isSpace).map(({ start, x }) => ({ start, line: index, x })),
    );
    expect(placed.map(({ start, line }) => ({ start, line }))).toEqual(
      words.map(({ start, line }) => ({ start, line })),
    );
    for (const [index, word] of words.entries())
      expect(Math.abs((placed[index]?.x ?? 0) - word.x), text.slice(word.start)).toBeLessThan(0.5);
  },
);

test('numbers and English words keep their direction in Persian', () => {
  expect(fromLeftToRight('عدد ۱۲۳ و متن English است')).toEqual(['است', 'English', 'متن', 'و', '۱۲۳', 'عدد']);
  expect(copied('۱۲۳')).toBe('۱۲۳');
  expect(copied('(الف)')).toBe(')فلا(');
});

test('letters are joined in reading order, and the half-space is kept', () => {
  expect(copied('می‌شود')).toBe('دوش\u200cیم');
  const cells = layout('می‌شود').lines[0]?.runs[0]?.cells ?? [];
  expect(cells.find((cell) => cell.text === '\u200c')?.advance).toBe(0);
  // The first letter of می has another shape than ی alone: shaping depends on the neighbours.
  const alone = layout('م').lines[0]?.runs[0]?.cells[0];
  expect(cells.at(-1)?.id).not.toBe(alone?.id);
});

test('right-to-left text is copied as one letter per glyph, regardless of what is drawn', () => {
  expect(copied('لا')).toBe('ال');
  expect(copied('بّ')).toBe('\u0651ب');
  expect(copied('हिन्दी')).toBe('हिन्दी');
});

test('the text layer has blank glyphs where marks stand above and below, and the visible glyphs carry no text', () => {
  const [run] = layoutOf('بَ', 'ar').lines[0]?.runs ?? [];
  // From left to right: the mark, which has no width of its own, and its letter, which has all of it.
  expect(run?.textLayer?.map(({ text, width }) => [text, width > 0])).toEqual([
    ['\u064e', false],
    ['ب', true],
  ]);
  expect(run?.cells.map(({ text }) => text).join('')).toMatch(/^\u200b+$/);
});

test('the paragraph direction is that of the first strong character outside isolates', () => {
  expect(firstStrongDirection('۱۲۳ - (سلام) hello')).toBe('rtl');
  expect(firstStrongDirection('12. hello سلام')).toBe('ltr');
  expect(firstStrongDirection('\u2067سلام\u2069 hello')).toBe('ltr');
  expect(firstStrongDirection('\u2066hello\u2069 سلام')).toBe('rtl');
  expect(firstStrongDirection('\u2068سلام\u2069 hello')).toBe('ltr');
  // An isolate ends with its own mark, not with that of an isolate in it, and not with one that begins nothing.
  expect(firstStrongDirection('\u2067a\u2066b\u2069س\u2069 hello')).toBe('ltr');
  expect(firstStrongDirection('\u2069\u2067سلام\u2069 hello')).toBe('ltr');
  expect(firstStrongDirection('۱۲۳ …')).toBeNull();
  expect(layout('۱۲۳').direction).toBe('rtl');
});

test('runs are reordered by rule L2 of the bidi algorithm', () => {
  const items = [...'abcdefg'].map((name, index) => ({ name, level: [0, 1, 1, 2, 2, 1, 0][index] ?? 0 }));
  expect(visualOrder(items).map((item) => item.name)).toEqual([...'afdecbg']);
});

test('the direction of each run is given to other programs', () => {
  const directionRuns = (text: string, base: 'rtl' | 'ltr') =>
    runsOf(text, base).map(({ text: run, direction }) => ({ text: run, direction }));
  expect(directionRuns('عدد ۱۲۳ و (متن English داخل) است', 'rtl')).toEqual([
    { text: 'عدد ۱۲۳ و (متن ', direction: 'rtl' },
    { text: 'English', direction: 'ltr' },
    { text: ' داخل) است', direction: 'rtl' },
  ]);
  expect(directionRuns('see (صفحه ۱۲) there', 'ltr')).toEqual([
    { text: 'see (', direction: 'ltr' },
    { text: 'صفحه ۱۲', direction: 'rtl' },
    { text: ') there', direction: 'ltr' },
  ]);
  expect(directionRuns('12 (سلام) 34', 'ltr')[0]).toEqual({ text: '12 (', direction: 'ltr' });
  expect(directionRuns('', 'ltr')).toEqual([]);
});

test('a missing glyph is drawn as a replacement for its grapheme, reported, and copied as the original', () => {
  expect(copied('a𓀀b')).toBe('a𓀀b');
  expect(layout('a𓀀b').lines[0]?.runs.flatMap((run) => run.missingGlyphs)).toEqual(['𓀀']);
});

test('an emoji of several parts, and the Arabic letters of a word, are drawn with one font', () => {
  const family = layout('👨‍👩‍👧').lines[0]?.runs[0];
  // One glyph, and a cell for each of its five characters.
  expect(new Set(family?.cells.map((cell) => cell.id)).size).toBe(2);
  expect(family?.text).toBe('👨‍👩‍👧');
  // Vazirmatn has س and ن but not ڌ; two fonts in a word would not join.
  const faces = layout('سنڌي').lines[0]?.runs[0]?.cells.map((cell) => cell.face);
  expect(new Set(faces).size).toBe(1);
});

test('Thai is broken between words', () => {
  const text = 'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ';
  const ends = layout(text, 150).lines.map((line) => line.runs.at(-1)?.text ?? '');
  const words = [...new Intl.Segmenter('th', { granularity: 'word' }).segment(text)].map(
    ({ segment }) => segment,
  );
  expect(ends.length).toBeGreaterThan(1);
  for (const end of ends) expect(words).toContain(end);
});

test('every line but the last is justified, except one with few words', () => {
  const text = 'یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده';
  const { regular } = shapersFor('fa');
  const { lines } = layOutParagraph(text, {
    shaper: regular,
    size: 12,
    width: 150,
    languageDirection: 'rtl',
    isJustified: true,
  });
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines.slice(0, -1)) expect(line.width).toBeCloseTo(150, 3);
  expect(lines.at(-1)?.width).toBeLessThan(140);
});

test('a line with so few words that its gaps would look like holes is not justified', () => {
  const { regular } = shapersFor('fa');
  const linesAt = (text: string, isJustified: boolean) =>
    layOutParagraph(text, { shaper: regular, size: 12, width: 150, languageDirection: 'rtl', isJustified })
      .lines;
  const text = `یک دو ${'ب'.repeat(100)} سه`;
  const [first] = linesAt(text, true);
  expect(first?.runs.map((run) => run.text)).toEqual(['دو', ' ', 'یک']);
  expect(linesAt(text, true)).toEqual(linesAt(text, false));
  // Nor is one without gaps.
  expect(linesAt('ب'.repeat(100), true)).toEqual(linesAt('ب'.repeat(100), false));
});

test('a run is as wide and as tall as its font size', () => {
  const { regular } = shapersFor('fa');
  const runAt = (size: number) =>
    layOutParagraph('پنجره', { shaper: regular, size, width: 500, languageDirection: 'rtl' }).lines[0]
      ?.runs[0];
  const [small, large] = [runAt(10), runAt(30)];
  for (const measure of ['width', 'above', 'below'] as const) {
    expect(small?.[measure]).toBeGreaterThan(1);
    expect(small?.[measure]).toBeLessThan(40);
    expect((large?.[measure] ?? 0) / (small?.[measure] ?? 1)).toBeCloseTo(3, 6);
  }
});

test('a paragraph without text has no lines', () => {
  expect(layout('')).toEqual({ direction: 'rtl', lines: [] });
});

test('an endless word is cut into lines, and a letter has at most thirty marks', () => {
  const { lines } = layout('ب'.repeat(5000));
  expect(lines.flatMap((line) => line.runs.map((run) => run.text)).join('')).toBe('ب'.repeat(5000));
  for (const line of lines) expect(line.width).toBeLessThanOrEqual(recordedWidth);
  expect([...copied(`a${'\u0301'.repeat(1000)}`)].length).toBeLessThanOrEqual(31);
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

test('every line stays inside the column, and no word is lost', () => {
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

test('an emoji is neutral: it stays between the words it stands between', () => {
  expect(fromLeftToRight('قیمت 💰 ۱۲۳ تومان')).toEqual(['تومان', '۱۲۳', '💰', 'قیمت']);
  expect(fromLeftToRight('عالی 👍)!')).toEqual(['👍)!', 'عالی']);
});

test('a Persian paragraph that begins with a Latin word is right-to-left', () => {
  const text = 'Docker و PostgreSQL روی سرور (خانم رضایی).';
  expect(layout(text).direction).toBe('rtl');
  expect(fromLeftToRight(text)[0]).toBe('رضایی).');
  expect(layoutOf(text, 'en').direction).toBe('rtl');
  expect(layoutOf('سلام means hello in Persian.', 'en').direction).toBe('ltr');
  expect(layoutOf('This is English (فارسی).', 'fa').direction).toBe('ltr');
  expect(layout('Microsoft Windows سیستم عامل').direction).toBe('rtl');
});

test('an address that fits on a line is not broken, and a longer one is broken at its slashes', () => {
  const lines = (text: string) =>
    layoutOf(text, 'en').lines.map((line) => line.runs.map((run) => run.text).join(''));
  const words = 'word '.repeat(14);
  expect(lines(`${words}https://example.com/path?q=1 end`)[1]).toBe('https://example.com/path?q=1 end');
  const long = `https://example.com/${'part/'.repeat(40)}`;
  expect(lines(`${words}${long}`).length).toBeGreaterThan(2);
  expect(lines(`${words}${long}`).join('')).toContain('example.com/part/');
});

test.each([
  ['th', 'ต่างๆ', 'ๆ'],
  ['lo', 'ຕ່າງໆ', 'ໆ'],
  ['km', 'ផ្សេងៗ', 'ៗ'],
  ['my', 'မြန်မာ။', '။'],
])('%s: no line begins with a sign that may not begin one', (language, word, sign) => {
  for (let width = 20; width < 120; width += 3) {
    for (const { runs } of layoutOf(word.repeat(12), language, width).lines) {
      if (runs.length > 1) expect(runs[0]?.text.startsWith(sign)).toBe(false);
    }
  }
});

test('Japanese is justified between its characters, not by a lone space', () => {
  const text = `すべての人間は 生まれながらにして${'自由であり、かつ、尊厳と権利とについて平等である。'.repeat(3)}`;
  const { regular } = shapersFor('ja');
  const options = {
    shaper: regular,
    size: 12,
    width: 395,
    languageDirection: 'ltr',
    isJustified: true,
  } as const;
  const [line] = layOutParagraph(text, options).lines;
  expect(line?.width).toBeCloseTo(395, 3);
  expect(line?.runs.find((run) => run.isSpace)?.width).toBeLessThan(6);
});
