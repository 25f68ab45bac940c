import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentParagraphs } from '../../src/domain/paragraphs.ts';
import { normalisePersian } from '../../src/domain/persian/normalise.ts';
import { splitWords, timedWords } from '../../src/domain/timed-words.ts';
import type { Segment, Word } from '../../src/domain/transcript.ts';

const word = (text: string, start: number, end: number, probability: number | null = null): Word => ({
  text,
  start,
  end,
  probability,
});

function segment(text: string, start: number, end: number, words: readonly Word[] = []): Segment {
  return {
    start,
    end,
    text,
    words,
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  };
}

test('words that a half-space joins keep their times and the lower of their probabilities', () => {
  const heard = [word('می', 1, 1.2, 0.9), word('روم', 1.3, 2, 0.4), word('خانه', 2.5, 3, 0.8)];
  expect(timedWords('می‌روم خانه', { start: 1, end: 3, words: heard })).toEqual([
    word('می‌روم', 1, 2, 0.4),
    word('خانه', 2.5, 3, 0.8),
  ]);
});

test('a segment’s time is divided by letters where there are no word times', () => {
  expect(timedWords('ab abcd', { start: 0, end: 6, words: [] })).toEqual([
    word('ab', 0, 2),
    word('abcd', 2, 6),
  ]);
});

test('words are found in scripts without spaces, and punctuation stays with them', () => {
  expect(splitWords('ภาษาไทย')).toEqual(['ภาษา', 'ไทย']);
  expect(splitWords('これは「本」です。')).toEqual(['これ', 'は', '「本」', 'です。']);
});

test('property: words follow one another in time, within their segment, and none is lost', () => {
  const spoken = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.double({ min: 0, max: 3, noNaN: true })));
  fc.assert(
    fc.property(spoken, fc.boolean(), (parts, hasWords) => {
      let at = 0;
      const words = parts.map(([text, seconds]) => {
        at += seconds;
        return word(text, at - seconds, at);
      });
      const text = parts.map(([part]) => part).join(' ');
      const timed = timedWords(text, { start: 0, end: at, words: hasWords ? words : [] });
      expect(timed.map((one) => one.text)).toEqual(splitWords(text));
      let before = 0;
      for (const { start, end } of timed) {
        expect(start).toBeGreaterThanOrEqual(before - 1e-6);
        expect(end).toBeGreaterThanOrEqual(start - 1e-6);
        expect(end).toBeLessThanOrEqual(at + 1e-6);
        before = start;
      }
    }),
    { numRuns: 1000, seed: 20_261_122 },
  );
});

test('a paragraph begins at a new speaker and after a pause', () => {
  const paragraphs = documentParagraphs([
    { ...segment('سلام.', 0, 1), speaker: 'مینا' },
    { ...segment('خوبی؟', 1, 2), speaker: 'مینا' },
    { ...segment('بله.', 2, 3), speaker: 'سارا' },
    { ...segment('خب…', 6, 7), speaker: 'سارا' },
  ]);
  expect(paragraphs.map(({ speaker, segments }) => [speaker, ...segments.map(({ text }) => text)])).toEqual([
    ['مینا', 'سلام.', 'خوبی؟'],
    ['سارا', 'بله.'],
    ['سارا', 'خب…'],
  ]);
});

test('a long unbroken text is cut at its sentences, with the times of its words', () => {
  const sentence = `${'کلمه '.repeat(30)}پایان.`;
  const wall = segment(Array.from({ length: 40 }, () => sentence).join(' '), 0, 400);
  const paragraphs = documentParagraphs([wall]);
  expect(paragraphs.length).toBeGreaterThan(5);
  for (const { segments } of paragraphs) {
    const text = segments.map((one) => one.text).join(' ');
    expect(text.length).toBeLessThan(1300);
    expect(text).toMatch(/پایان\.$/);
  }
  const joined = paragraphs.flatMap(({ segments }) => segments.map(({ text }) => text)).join(' ');
  expect(joined).toBe(wall.text);
  expect(paragraphs.at(-1)?.segments.at(-1)?.end).toBeCloseTo(400);
});

test('the text as transcribed is kept beside the text as written', () => {
  const [paragraph] = documentParagraphs(
    [segment('مي روم', 0, 1, [word('مي', 0, 0.4), word('روم', 0.4, 1)])],
    (heard) => normalisePersian(heard),
  );
  expect(paragraph?.segments).toEqual([
    { start: 0, end: 1, text: 'می‌روم', original: 'مي روم', words: [word('می‌روم', 0, 1)] },
  ]);
});
