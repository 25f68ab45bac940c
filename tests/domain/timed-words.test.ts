import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentParagraphs } from '../../src/domain/paragraphs.ts';
import { normalisePersian } from '../../src/domain/persian/normalise.ts';
import { paragraphWords, placedWords } from '../../src/domain/placed-words.ts';
import { bareWord, splitWords, timedWords } from '../../src/domain/timed-words.ts';
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

test('brackets open with the word after them, and several marks stay together', () => {
  expect(splitWords('これは（「本」）です')).toEqual(['これ', 'は', '（「本」）', 'です']);
  expect(splitWords('「本')).toEqual(['「本']);
  expect(splitWords('。本')).toEqual(['。', '本']);
  expect(splitWords(' a  b\n')).toEqual(['a', 'b']);
  expect(splitWords('')).toEqual([]);
});

test('a bare word has no punctuation around it, and keeps what is within', () => {
  expect(bareWord('«(دنیا')).toBe('دنیا');
  expect(['«دنیا»!', "don't", '…', '(a-b)'].map(bareWord)).toEqual(['دنیا', "don't", '', 'a-b']);
});

test('a word takes the time of the letters that it shares with the engine’s words', () => {
  const heard = [word('abcd', 0, 4, 0.9), word('ef', 10, 12, null), word('gh', 12, 14, 0.5)];
  const timed = (text: string) => timedWords(text, { start: 0, end: 14, words: heard });
  expect(timed('ab cd ef gh')).toEqual([
    word('ab', 0, 2, 0.9),
    word('cd', 2, 4, 0.9),
    word('ef', 10, 12, null),
    word('gh', 12, 14, 0.5),
  ]);
  expect(timed('abcde fgh')).toEqual([word('abcde', 0, 11, 0.9), word('fgh', 11, 14, 0.5)]);
  expect(timed('abcdefgh')).toEqual([word('abcdefgh', 0, 14, 0.5)]);
  // Letters are counted in proportion: the text has half as many as the engine wrote.
  expect(timed('ab c d')).toEqual([word('ab', 0, 4, 0.9), word('c', 10, 12, null), word('d', 12, 14, 0.5)]);
  expect(timed('')).toEqual([]);
});

test('marks without letters take no time, and an engine’s word without letters takes that of one', () => {
  expect(timedWords('\u200c ab', { start: 1, end: 3, words: [] })).toEqual([
    word('\u200c', 1, 1),
    word('ab', 1, 3),
  ]);
  expect(timedWords('ab \u200c', { start: 1, end: 3, words: [] })).toEqual([
    word('ab', 1, 3),
    word('\u200c', 3, 3),
  ]);
  expect(timedWords('\u200c', { start: 1, end: 3, words: [] })).toEqual([word('\u200c', 1, 1)]);
  expect(timedWords('a b', { start: 0, end: 2, words: [word('\u200c', 0, 1), word('b', 1, 2)] })).toEqual([
    word('a', 0, 1),
    word('b', 1, 2),
  ]);
});

test('words are placed in their text, without those that are not in it', () => {
  const spokenAs = (text: string, ...words: Word[]) => ({ start: 0, end: 4, text, original: text, words });
  const odd = spokenAs(
    'a bc c',
    word('a', 0, 1),
    word('', 1, 2),
    word('x', 1, 2),
    word('c', 2, 3),
    word('c', 3, 4),
  );
  expect(placedWords(odd).map(({ text, from, to, start }) => [text, from, to, start])).toEqual([
    ['a', 0, 1, 0],
    ['c', 3, 4, 2],
    ['c', 5, 6, 3],
  ]);
  expect(placedWords(spokenAs('ab cd')).map(({ from, to, start, end }) => [from, to, start, end])).toEqual([
    [0, 2, 0, 2],
    [3, 5, 2, 4],
  ]);
  const paragraph = { speaker: null, segments: [spokenAs('ab'), spokenAs('c de')] };
  expect(paragraphWords(paragraph).map(({ from, to }) => [from, to])).toEqual([
    [0, 2],
    [3, 4],
    [5, 7],
  ]);
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

test('texts have no white space around them, as transcribed and as written', () => {
  const [paragraph] = documentParagraphs([segment(' a ', 0, 1)], () => ' b ');
  expect(paragraph?.segments).toMatchObject([{ original: 'a', text: 'b' }]);
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
