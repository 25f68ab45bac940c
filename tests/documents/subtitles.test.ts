import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderDocument } from '../../src/documents/documents.ts';
import { type Cue, lineText, makeCues } from '../../src/documents/subtitles/cues.ts';
import type { DocumentParagraph } from '../../src/domain/document.ts';
import { documentOf, spoken } from './content.ts';
import { textOf } from './files.ts';
import { parseSrt, parseVtt } from './parse-subtitles.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const length = (text: string) => [...graphemes.segment(text)].length;
const textsOf = (cues: Iterable<Cue>) => [...cues].map(({ lines }) => lines.map(lineText));

test('lines and cues are broken at sentences and clauses', () => {
  const text =
    'دیروز به کتابخانه رفتم، و کتابی را که خواسته بودی پیدا کردم. فردا آن را برایت می‌آورم، اگر باران نبارد.';
  expect(textsOf(makeCues([spoken(text, 0, 9)]))).toEqual([
    ['دیروز به کتابخانه رفتم،', 'و کتابی را که خواسته بودی پیدا کردم.'],
    ['فردا آن را برایت می‌آورم، اگر باران نبارد.'],
  ]);
});

test('a cue has the times of its words, and stays long enough to be read', () => {
  const word = (text: string, start: number, end: number) => ({ text, start, end, probability: null });
  const words = [word('سلام', 1, 1.2), word('دوستان.', 1.25, 1.5), word('خوبید؟', 5, 5.4)];
  const paragraph = {
    speaker: null,
    segments: [{ start: 0, end: 9, text: 'سلام دوستان. خوبید؟', heard: '', words }],
  };
  expect([...makeCues([paragraph])].map(({ start, end }) => [start, end])).toEqual([
    [1000, 2000],
    [5000, 6000],
  ]);
});

/**
 * Speech as engines return it, including invalid cases: times that run back, words without time, endless
 * words.
 */
const time = fc.oneof(
  fc.double({ min: 0, max: 100, noNaN: true }),
  fc.constantFrom(-1, 0, Number.NaN, Number.POSITIVE_INFINITY),
);
const token = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('سلام', 'می‌شود', 'و', 'خوبی؟', 'بله،', 'hello.', 'پایان.', '中文', 'ภาษาไทย'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }) },
);
const paragraphs: fc.Arbitrary<DocumentParagraph[]> = fc.array(
  fc.record({
    speaker: fc.constantFrom(null, 'مینا', 'a>b'),
    segments: fc.array(
      fc
        .record({
          start: time,
          end: time,
          tokens: fc.array(token, { maxLength: 30 }),
          hasWords: fc.boolean(),
        })
        .map(({ start, end, tokens, hasWords }) => ({
          start,
          end,
          text: tokens.join(' '),
          heard: '',
          words: hasWords ? tokens.map((text) => ({ text, start, end, probability: 0.3 })) : [],
        })),
      { maxLength: 4 },
    ),
  }),
  { maxLength: 4 },
);

test('property: cues have two lines of 42 characters, last up to 7 seconds, never overlap, and lose no letter', () => {
  fc.assert(
    fc.property(paragraphs, (spokenParagraphs) => {
      const cues = [...makeCues(spokenParagraphs)];
      let before = 0;
      for (const { start, end, lines } of cues) {
        expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true);
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        expect(end - start).toBeLessThanOrEqual(7000);
        expect(lines.length === 1 || lines.length === 2).toBe(true);
        for (const line of lines) expect(length(lineText(line))).toBeLessThanOrEqual(42);
        before = end;
      }
      const shown = textsOf(cues).flat().join('');
      const all = spokenParagraphs.flatMap(({ segments }) => segments.map(({ text }) => text)).join('');
      expect(shown.replace(/\s/gu, '')).toBe(all.replace(/\s/gu, ''));
    }),
    { numRuns: 500, seed: 20_261_122 },
  );
});

test('property: cues last at least a second, with at most 17 characters a second, where the times allow it', () => {
  const steady = fc.array(
    token.filter((text) => length(text) <= 20),
    { minLength: 1, maxLength: 80 },
  );
  fc.assert(
    fc.property(steady, (tokens) => {
      // Slow speech: half a second for each character.
      let at = 0;
      const words = tokens.map((text) => {
        const start = at;
        at += text.length * 0.5;
        return { text, start, end: at, probability: null };
      });
      const segments = [{ start: 0, end: at, text: tokens.join(' '), heard: '', words }];
      for (const { start, end, lines } of makeCues([{ speaker: null, segments }])) {
        const characters = length(lines.map(lineText).join(' '));
        const isLast = end >= at * 1000;
        if (!isLast && characters > 2) expect(end - start).toBeGreaterThanOrEqual(1000);
        expect(characters / ((end - start) / 1000)).toBeLessThanOrEqual(17.1);
      }
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
});

test('property: a parser reads back from SRT and VTT what was written', async () => {
  await fc.assert(
    fc.asyncProperty(paragraphs, async (spokenParagraphs) => {
      const content = documentOf({ paragraphs: spokenParagraphs });
      const srt = parseSrt(textOf((await renderDocument(content, 'srt', 'x')).bytes));
      const vtt = parseVtt(textOf((await renderDocument(content, 'vtt', 'x')).bytes));
      expect(srt.map(({ start, end }) => ({ start, end }))).toEqual(
        vtt.map(({ start, end }) => ({ start, end })),
      );
      expect(srt.map(({ text }) => text)).toEqual(vtt.map(({ text }) => text));
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
});

test('VTT names voices and marks low-confidence words', async () => {
  const words = [
    { text: 'سلام', start: 0, end: 0.5, probability: 0.9 },
    { text: 'مینا', start: 0.5, end: 1, probability: 0.2 },
  ];
  const segments = [{ start: 0, end: 1, text: 'سلام مینا', heard: '', words }];
  const { bytes } = await renderDocument(
    documentOf({ paragraphs: [{ speaker: 'سارا & Co', segments }] }),
    'vtt',
    'x',
  );
  expect(textOf(bytes)).toContain(
    '00:00:00.000 --> 00:00:01.000\n<v سارا &amp; Co>سلام <c.low-confidence>مینا</c>\n',
  );
});

test('a line is isolated only where its first letter would reverse it', async () => {
  const { bytes } = await renderDocument(
    documentOf({
      paragraphs: [spoken('در این جلسه دربارهٔ ساختن برنامه‌ها با TypeScript، که زبان خوبی است، گفتیم.', 0, 6)],
    }),
    'srt',
    'x',
  );
  const [cue] = parseSrt(textOf(bytes));
  const lines = cue?.text.split('\n') ?? [];
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const isIsolated = line.startsWith('\u2067') && line.endsWith('\u2069');
    expect(isIsolated).toBe(/^\u2067?[a-z]/i.test(line));
  }
});
