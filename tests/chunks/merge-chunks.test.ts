import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planChunks } from '../../src/domain/cutting-plan.ts';
import { type MergeableChunk, mergeChunks } from '../../src/domain/merge-chunks.ts';
import { audioOf, hear, type Spoken, type Truth } from './spoken-audio.ts';

const textOf = (parts: readonly MergeableChunk[]) =>
  mergeChunks(parts)
    .map(({ text }) => text)
    .join(' ');

function heardParts(truth: Truth, partSeconds: number, hasTimes: boolean): MergeableChunk[] {
  const planned = planChunks(truth.loudness, { start: 0, end: truth.seconds }, partSeconds);
  return planned.map(({ start, from, to }) => ({
    start,
    from,
    to,
    segments: hear(truth, { start: from, end: to }, hasTimes),
  }));
}

/** Returns untimed text of two chunks: the first is given the first 10 s, the second all from 8 s on. */
const untimed = (first: string, second: string) =>
  textOf(
    [
      { start: 0, from: 0, to: 10, text: first },
      { start: 9, from: 8, to: 18, text: second },
    ].map(({ text, ...part }) => ({
      ...part,
      segments: [
        {
          start: part.from,
          end: part.to,
          text,
          words: [],
          averageLogProbability: null,
          noSpeechProbability: null,
          compressionRatio: null,
        },
      ],
    })),
  );

describe('in the overlap of two chunks', () => {
  test('common words appear once, and fragments of words that were cut are removed', () => {
    expect(untimed('یکی بود یکی نبود غیر از خدا هی', 'کی نبود غیر از خدا هیچکس نبود')).toBe(
      'یکی بود یکی نبود غیر از خدا هیچکس نبود',
    );
  });

  test('punctuation and capitals make no difference', () => {
    expect(untimed('and so, my fellow Americans', 'My fellow americans. Ask not')).toBe(
      'and so, my fellow Americans Ask not',
    );
  });

  test('nothing is removed where nothing agrees', () => {
    expect(untimed('a b c d', 'x y z')).toBe('a b c d x y z');
  });

  test('one small common word is no match', () => {
    expect(untimed('we went to the sea and back', 'and then the rain came')).toBe(
      'we went to the sea and back and then the rain came',
    );
  });

  test('scripts without spaces are joined as well', () => {
    expect(untimed('今日はとても良い天気ですね', '良い天気ですね散歩に行きましょう')).toBe(
      '今日はとても良い天気ですね 散歩に行きましょう',
    );
  });
});

/** So many different words that none comes twice in an overlap. */
const vocabulary = Array.from({ length: 150 }, (_, index) => `w${index.toString(36)}x`);
const flow = (
  spoken: readonly Omit<Spoken, 'text'>[],
  word: (index: number) => string,
  pauseLevel?: number,
) =>
  audioOf(
    spoken.map((one, index) => ({ ...one, text: word(index) })),
    pauseLevel,
  );
const times = fc.array(
  fc.record({
    lasts: fc.double({ min: 0.2, max: 0.7, noNaN: true }),
    pause: fc.oneof(
      { weight: 9, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 2, noNaN: true }) },
    ),
  }),
  { minLength: 100, maxLength: 500 },
);
const limit = fc.integer({ min: 20, max: 60 });

describe('property: for a perfect engine and any cuts,', () => {
  test('in a noisy room with little speech, every word appears once, in order', () => {
    const rare = fc.array(
      fc.record({
        lasts: fc.double({ min: 0.2, max: 0.7, noNaN: true }),
        pause: fc.double({ min: 0, max: 40, noNaN: true }),
      }),
      { minLength: 5, maxLength: 60 },
    );
    fc.assert(
      fc.property(rare, limit, fc.boolean(), (spoken, partSeconds, hasTimes) => {
        const truth = flow(spoken, (index) => vocabulary[index] ?? '', 50);
        const heard = textOf(heardParts(truth, partSeconds, hasTimes));
        expect(heard).toBe(truth.words.map(({ text }) => text).join(' '));
      }),
    );
  });

  test('with times, every word appears once, in order, also when speakers repeat themselves', () => {
    fc.assert(
      fc.property(times, limit, fc.array(fc.nat(3), { minLength: 50 }), (spoken, partSeconds, choice) => {
        const truth = flow(spoken, (index) => `word${choice[index % choice.length]}`);
        expect(textOf(heardParts(truth, partSeconds, true))).toBe(
          truth.words.map(({ text }) => text).join(' '),
        );
      }),
    );
  });

  test('without times, every word appears once, in order', () => {
    fc.assert(
      fc.property(times, limit, (spoken, partSeconds) => {
        const truth = flow(spoken, (index) => vocabulary[index % vocabulary.length] ?? '');
        expect(textOf(heardParts(truth, partSeconds, false))).toBe(
          truth.words.map(({ text }) => text).join(' '),
        );
      }),
    );
  });

  test('words keep the times at which they were said', () => {
    fc.assert(
      fc.property(times, limit, (spoken, partSeconds) => {
        const truth = flow(spoken, (index) => vocabulary[index % vocabulary.length] ?? '');
        const words = mergeChunks(heardParts(truth, partSeconds, true)).flatMap((segment) => segment.words);
        for (const [index, { start, end }] of truth.words.entries()) {
          expect(words[index]?.start).toBeCloseTo(start, 6);
          expect(words[index]?.end).toBeCloseTo(end, 6);
        }
      }),
    );
  });
});
