import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cue, lineText, makeCues as makeCuesOf } from '../../src/documents/subtitles/cues.ts';
import type { DocumentParagraph } from '../../src/domain/document.ts';
import { documentOf, spoken } from './content.ts';
import { textOf } from './files.ts';
import { parseSrt, parseVtt } from './parse-subtitles.ts';
import { renderDocument } from './render-document.ts';

const makeCues = (paragraphs: Iterable<DocumentParagraph>) =>
  makeCuesOf(paragraphs, { usual: 'rtl', dash: '' });
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
    segments: [{ start: 0, end: 9, text: 'سلام دوستان. خوبید؟', original: '', words }],
  };
  expect([...makeCues([paragraph])].map(({ start, end }) => [start, end])).toEqual([
    [1000, 2000],
    [5000, 6000],
  ]);
});

/** Returns the cues of words with times, as one text each. */
function cuesOf(...said: [string, number, number][]): string[] {
  const words = said.map(([text, start, end]) => ({ text, start, end, probability: null }));
  const text = said.map(([word]) => word).join(' ');
  const segments = [{ start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0, text, original: '', words }];
  return textsOf(makeCues([{ speaker: null, segments }])).map((lines) => lines.join(' | '));
}

test('the words of a cue are said within seven seconds', () => {
  expect(cuesOf(['a', 0, 3.5], ['b', 3.5, 7])).toEqual(['a b']);
  expect(cuesOf(['a', 0, 3.5], ['b', 3.5, 7.001])).toEqual(['a', 'b']);
  expect(cuesOf(['a', 10, 13.5], ['b', 13.5, 17])).toEqual(['a b']);
  // A single word may last longer.
  expect(cuesOf(['a', 0, 9], ['b', 9, 10])).toEqual(['a', 'b']);
});

test('a cue ends at a pause of 1.5 seconds', () => {
  expect(cuesOf(['a', 0, 1], ['b', 2.499, 3])).toEqual(['a b']);
  expect(cuesOf(['a', 0, 1], ['b', 2.5, 3])).toEqual(['a', 'b']);
  expect(cuesOf(['a', 0, 1], ['b', 1, 2], ['c', 3.5, 4])).toEqual(['a b', 'c']);
});

test('a line has at most 42 characters', () => {
  const [x, y, z] = [...'xyz'].map((letter) => letter.repeat(42));
  expect(cuesOf([`${'x'.repeat(20)}`, 0, 1], ['y'.repeat(21), 1, 2])).toEqual([
    `${'x'.repeat(20)} ${'y'.repeat(21)}`,
  ]);
  expect(cuesOf(['x'.repeat(20), 0, 1], ['y'.repeat(22), 1, 2])).toEqual([
    `${'x'.repeat(20)} | ${'y'.repeat(22)}`,
  ]);
  expect(cuesOf([x ?? '', 0, 2], [y ?? '', 2, 4], [z ?? '', 4, 6])).toEqual([x, `${y} | ${z}`]);
});

test('a word that is longer than a line is cut between graphemes', () => {
  const letter = 'e\u0301\u0323';
  expect(cuesOf([letter.repeat(100), 0, 6])).toEqual([
    `${letter.repeat(42)} | ${letter.repeat(42)}`,
    letter.repeat(16),
  ]);
  expect(cuesOf(['x'.repeat(43), 0, 6])).toEqual([`${'x'.repeat(42)} | x`]);
});

test('a line has 42 graphemes, of any number of code points', () => {
  const letter = 'e\u0301\u0323';
  expect(cuesOf([letter.repeat(20), 0, 3], [letter.repeat(21), 3, 6])).toEqual([
    `${letter.repeat(20)} ${letter.repeat(21)}`,
  ]);
});

describe('where a cue ends is chosen by its cost:', () => {
  const b = 'b'.repeat(10);
  /** Two words that are said in less than seven seconds. */
  const slow = (first: string, firstEnd = 3.8): [string, number, number][] => [
    [first, 0, firstEnd],
    [`${b}.`, 3.8, 6.8],
  ];

  test('where a cue ends is chosen by its cost: of two ends of sentences, the one that leaves no cue shorter than a second', () => {
    const short: [string, number, number][] = [
      ['c.', 6.8, 7.1],
      ['d.', 7.1, 16],
    ];
    expect(cuesOf(...slow('a.'), ...short)).toEqual(['a.', `${b}. c.`, 'd.']);
    // A short cue is better than one that ends at a clause.
    expect(cuesOf(...slow('a,'), ...short)).toEqual([`a, ${b}.`, 'c.', 'd.']);
    // But not better than one that ends at a clause with a pause after it.
    expect(cuesOf(...slow('a,', 3.5), ...short)).toEqual(['a,', `${b}. c.`, 'd.']);
  });

  test('where a cue ends is chosen by its cost: of two ends, the one that leaves no cue too fast to be read', () => {
    const c = [20, 20, 18].map((length) => 'c'.repeat(length));
    /** Says 61 characters in a second, and leaves them on the screen until the next word. */
    const cues = (next: number) =>
      cuesOf(
        ...slow('a,'),
        [c[0] ?? '', 6.8, 7.2],
        [c[1] ?? '', 7.2, 7.5],
        [`${c[2]}.`, 7.5, 7.8],
        ['d.', next, next + 8],
      ).map((text) => text.replace(' | ', ' '));
    const fast = ['a,', `${b}. ${c.join(' ')}.`, 'd.'];
    expect(cues(6.8 + 2.2)).toEqual(fast);
    expect(cues(6.8 + 2.9)).toEqual(fast);
    expect(cues(6.8 + 3.3)).toEqual([`a, ${b}.`, `${c.join(' ')}.`, 'd.']);
  });

  test('where a cue ends is chosen by its cost: without punctuation, at a pause', () => {
    expect(cuesOf(['a', 0, 2], ['b', 2, 4], ['c', 5, 7], ['d', 7, 9])).toEqual(['a b', 'c d']);
    expect(cuesOf(['a,', 0, 2], ['b', 2, 4], ['c', 5, 7], ['d', 7, 9])).toEqual(['a,', 'b c d']);
    expect(cuesOf(['a,', 0, 2], ['b', 2, 4], ['c', 5.4, 7], ['d', 7, 9])).toEqual(['a,', 'b c d']);
  });

  test('the second line of a cue begins where both are equally long, unless a phrase ends elsewhere', () => {
    const words = (...texts: string[]) =>
      cuesOf(...texts.map((text, index): [string, number, number] => [text, index, index + 1]));
    const ten = 'x'.repeat(10);
    expect(words(ten, ten, ten, ten)).toEqual([`${ten} ${ten} | ${ten} ${ten}`]);
    expect(words(ten, ten, ten, ten, 'y')).toEqual([`${ten} ${ten} | ${ten} ${ten} y`]);
    expect(words(ten, ten, `${ten},`, ten)).toEqual([`${ten} ${ten} | ${ten}, ${ten}`]);
    expect(words(ten, ten, 'yyyy,', ten, 'xxxx')).toEqual([`${ten} ${ten} yyyy, | ${ten} xxxx`]);
  });
});

test('spaces stand between words where the text has them, and between segments', () => {
  expect(textsOf(makeCues([spoken('ภาษาไทย สวัสดี', 0, 4)]))).toEqual([['ภาษาไทย สวัสดี']]);
  const two = [...spoken('سلام', 0, 1).segments, ...spoken('دوستان من', 1, 2).segments];
  expect(textsOf(makeCues([{ speaker: null, segments: two }]))).toEqual([['سلام دوستان من']]);
});

test('a cue stays while its words are said, and long enough for 17 characters a second', () => {
  const timesOf = (...said: [string, number, number][]) => {
    const words = said.map(([text, start, end]) => ({ text, start, end, probability: null }));
    const segments = [{ start: 0, end: 9, text: said.map(([text]) => text).join(' '), original: '', words }];
    return [...makeCues([{ speaker: null, segments }])].map(({ start, end }) => [start, end]);
  };
  expect(timesOf(['a', 1, 6])).toEqual([[1000, 6000]]);
  expect(timesOf(['a', 1, 60])).toEqual([[1000, 8000]]);
  expect(timesOf(['x'.repeat(16), 1, 1.2], ['y'.repeat(17), 1.2, 1.5])).toEqual([[1000, 3000]]);
  expect(timesOf(['a', 1, 2], ['b', 2, 2.1], ['c', 4, 5])).toEqual([
    [1000, 2100],
    [4000, 5000],
  ]);
});

test('SRT and VTT write hours, minutes, seconds and milliseconds', async () => {
  const content = documentOf({
    paragraphs: [spoken('سلام', 3723.456, 3725), spoken('خوبی', 36_000, 36_001)],
  });
  const srt = textOf((await renderDocument(content, 'srt', 'x')).bytes);
  expect(srt).toContain('01:02:03,456 --> 01:02:05,000\r\n');
  expect(srt).toContain('10:00:00,000 --> 10:00:01,000\r\n');
  expect(textOf((await renderDocument(content, 'vtt', 'x')).bytes)).toContain(
    '01:02:03.456 --> 01:02:05.000\n',
  );
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
          original: '',
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
      const segments = [{ start: 0, end: at, text: tokens.join(' '), original: '', words }];
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
      // A dash for a speaker would take room in SRT.
      const content = documentOf({ paragraphs: spokenParagraphs.map((one) => ({ ...one, speaker: null })) });
      const srt = parseSrt(textOf((await renderDocument(content, 'srt', 'x')).bytes));
      const vtt = parseVtt(textOf((await renderDocument(content, 'vtt', 'x')).bytes));
      expect(srt.map(({ start, end }) => ({ start, end }))).toEqual(
        vtt.map(({ start, end }) => ({ start, end })),
      );
      const plain = ({ text }: { text: string }) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
      expect(srt.map(plain)).toEqual(vtt.map(plain));
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
});

test('VTT names voices and marks low-confidence words', async () => {
  const words = [
    { text: 'سلام', start: 0, end: 0.5, probability: 0.9 },
    { text: 'مینا', start: 0.5, end: 1, probability: 0.2 },
  ];
  const segments = [{ start: 0, end: 1, text: 'سلام مینا', original: '', words }];
  const { bytes } = await renderDocument(
    documentOf({ paragraphs: [{ speaker: 'سارا & <Co>', segments }] }),
    'vtt',
    'x',
  );
  expect(textOf(bytes)).toContain(
    '00:00:00.000 --> 00:00:01.000\n<v سارا &amp; &lt;Co&gt;>سلام <c.low-confidence>مینا</c>\n',
  );
});

test('a line of VTT is isolated only where its first letter would reverse it', async () => {
  const { bytes } = await renderDocument(
    documentOf({
      paragraphs: [spoken('در این جلسه دربارهٔ ساختن برنامه‌ها با TypeScript، که زبان خوبی است، گفتیم.', 0, 6)],
    }),
    'vtt',
    'x',
  );
  const [cue] = parseVtt(textOf(bytes));
  const lines = cue?.text.split('\n') ?? [];
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const isIsolated = line.startsWith('\u2067') && line.endsWith('\u2069');
    expect(isIsolated).toBe(/^\u2067?[a-z]/i.test(line));
  }
});

/** Returns the text of the SRT file of paragraphs. */
async function srtOf(...paragraphs: DocumentParagraph[]): Promise<string> {
  return textOf((await renderDocument(documentOf({ paragraphs }), 'srt', 'x')).bytes);
}

test('every right-to-left line of SRT is embedded, because most players are left to right', async () => {
  const srt = await srtOf(spoken('درود (دوستان).', 0, 3), spoken('Thank you very much.', 3, 6));
  expect(srt).toContain('\u202bدرود (دوستان).\u202c\r\n');
  expect(srt).toContain('\r\nThank you very much.\r\n');
});

test('a cue that begins with a Latin word has the direction of its Persian paragraph', async () => {
  const text = 'Docker و PostgreSQL روی سرور نصب شدند (خانم رضایی).';
  expect(await srtOf(spoken(text, 0, 6))).toContain('\u202bDocker و');
  const vtt = await renderDocument(documentOf({ paragraphs: [spoken(text, 0, 6)] }), 'vtt', 'x');
  expect(textOf(vtt.bytes)).toContain('\u2067Docker و');
});

test('SRT begins with a byte order mark', async () => {
  expect(await srtOf(spoken('سلام', 0, 2))).toMatch(/^\ufeff1\r\n/);
});

test('SRT has a dash where the speaker changes', async () => {
  const talk = [spoken('سلام.', 0, 2, 'مینا'), spoken('خوبی؟', 2, 4, 'مینا'), spoken('بله.', 4, 6, 'سارا')];
  const lines = (await srtOf(...talk)).split('\r\n').filter((line) => /\p{Script=Arabic}/u.test(line));
  expect(lines).toEqual(['\u202bسلام.\u202c', '\u202bخوبی؟\u202c', '\u202b– بله.\u202c']);
});
