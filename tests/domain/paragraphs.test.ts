import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentParagraphs, toParagraphs } from '../../src/domain/paragraphs.ts';
import type { Segment } from '../../src/domain/transcript.ts';

describe('paragraphs', () => {
  const segment = (start: number, end: number, text: string): Segment => ({
    start,
    end,
    text,
    words: [],
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  });

  test('a long pause starts a new paragraph', () => {
    expect(toParagraphs([segment(0, 2, ' سلام.'), segment(2.1, 4, 'خوبی؟'), segment(7, 8, 'بله.')])).toEqual([
      'سلام. خوبی؟',
      'بله.',
    ]);
  });

  test('a long paragraph ends after a sentence, or without one when none comes', () => {
    const spoken = Array.from({ length: 40 }, (_, index) =>
      segment(index, index + 1, `${'word '.repeat(20)}end.`),
    );
    const paragraphs = toParagraphs(spoken);
    expect(paragraphs.length).toBeGreaterThan(3);
    for (const paragraph of paragraphs) expect(paragraph.length).toBeLessThan(700);
    const endless = Array.from({ length: 40 }, (_, index) => segment(index, index + 1, 'word '.repeat(20)));
    expect(toParagraphs(endless).length).toBeGreaterThan(2);
  });

  test('a pause of 1.5 s starts a new paragraph, a shorter one does not', () => {
    expect(toParagraphs([segment(0, 1, 'a'), segment(2.49, 3, 'b')])).toEqual(['a b']);
    expect(toParagraphs([segment(0, 1, 'a'), segment(2.5, 3, 'b')])).toEqual(['a', 'b']);
    // A segment without text is no pause and no paragraph.
    expect(toParagraphs([segment(0, 1, 'a'), segment(1, 2, ' '), segment(2, 3, 'b')])).toEqual(['a b']);
  });

  test('a paragraph ends after a sentence from 500 characters on, and anywhere from 1200 on', () => {
    const x = (length: number) => 'x'.repeat(length);
    const lengthsOf = (...texts: string[]) =>
      toParagraphs(texts.map((text, index) => segment(index, index + 1, text))).map(({ length }) => length);
    expect(lengthsOf(`${x(498)}.`, 'y')).toEqual([501]);
    expect(lengthsOf(`${x(499)}.`, 'y', 'z')).toEqual([500, 3]);
    expect(lengthsOf(`${x(498)}.»`, 'y')).toEqual([500, 1]);
    expect(lengthsOf(x(600), 'y')).toEqual([602]);
    expect(lengthsOf(x(249), `${x(248)}.`, 'y')).toEqual([501]);
    expect(lengthsOf(x(249), `${x(249)}.`, 'y')).toEqual([500, 1]);
    expect(lengthsOf(x(1199), 'y', 'z')).toEqual([1201, 1]);
    expect(lengthsOf(x(1200), 'y')).toEqual([1200, 1]);
  });

  test('a segment longer than a paragraph is cut, with a share of its time for each part', () => {
    const long = segment(0, 241, Array.from({ length: 241 }, () => 'abcd').join(' '));
    const timesOf = (spoken: Segment) =>
      documentParagraphs([spoken]).map(({ segments }) =>
        segments.map(({ start, end, text, words }) => [start, end, text.length, words.length]),
      );
    expect(timesOf(long)).toEqual([
      [
        [0, 240, 1199, 0],
        [240, 241, 4, 0],
      ],
    ]);
    const words = Array.from({ length: 241 }, (_, at) => ({
      text: 'abcd',
      start: at,
      end: at + 1,
      probability: null,
    }));
    expect(timesOf({ ...long, words })).toEqual([
      [
        [0, 240, 1199, 240],
        [240, 241, 4, 1],
      ],
    ]);
    // One of exactly 1200 characters is a paragraph.
    const full = segment(0, 240, `${Array.from({ length: 240 }, () => 'abcd').join(' ')}e`);
    expect(timesOf(full)).toEqual([[[0, 240, 1200, 0]]]);
  });

  test('a possible hallucination has a mark before it', () => {
    expect(toParagraphs([segment(0, 1, 'a'), { ...segment(1, 2, ' b'), hallucination: 'loop' }])).toEqual([
      'a [?] b',
    ]);
  });

  test('property: no word is lost in paragraphs', () => {
    const segments = fc.array(
      fc.record({ text: fc.string(), gap: fc.double({ min: 0, max: 3, noNaN: true }) }),
    );
    fc.assert(
      fc.property(segments, (spoken) => {
        let at = 0;
        const all = spoken.map(({ text, gap }) => {
          at += gap + 1;
          return segment(at - 1, at, text);
        });
        const words = (text: string) => text.split(/\s+/).filter(Boolean);
        expect(words(toParagraphs(all).join(' '))).toEqual(all.flatMap(({ text }) => words(text)));
      }),
    );
  });
});
