import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planChunks } from '../../src/domain/cutting-plan.ts';
import { type MergeableChunk, mergeChunks } from '../../src/domain/merge-chunks.ts';
import type { Segment } from '../../src/domain/transcript.ts';
import { audioOf, type Spoken, type Truth, transcribe } from '../support/spoken-audio.ts';

const textOf = (chunks: readonly MergeableChunk[]) =>
  mergeChunks(chunks)
    .map(({ text }) => text)
    .join(' ');

function transcribedChunks(truth: Truth, maxChunkSeconds: number, hasTimes: boolean): MergeableChunk[] {
  const planned = planChunks(truth.loudness, { start: 0, end: truth.seconds }, maxChunkSeconds);
  return planned.map(({ start, from, to }) => ({
    start,
    from,
    to,
    segments: transcribe(truth, { start: from, end: to }, hasTimes),
  }));
}

/** Returns untimed text of two chunks: the first is given the first 10 s, the second all from 8 s on. */
const untimed = (first: string, second: string) =>
  textOf(
    [
      { start: 0, from: 0, to: 10, text: first },
      { start: 9, from: 8, to: 18, text: second },
    ].map(({ text, ...chunk }) => ({
      ...chunk,
      segments: [
        {
          start: chunk.from,
          end: chunk.to,
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
  test('in the overlap of two chunks common words appear once, and fragments of words that were cut are removed', () => {
    expect(untimed('یکی بود یکی نبود غیر از خدا هی', 'کی نبود غیر از خدا هیچکس نبود')).toBe(
      'یکی بود یکی نبود غیر از خدا هیچکس نبود',
    );
  });

  test('in the overlap of two chunks, punctuation and capitals make no difference', () => {
    expect(untimed('and so, my fellow Americans', 'My fellow americans. Ask not')).toBe(
      'and so, my fellow Americans Ask not',
    );
  });

  test('in the overlap of two chunks, nothing is removed where nothing agrees', () => {
    expect(untimed('a b c d', 'x y z')).toBe('a b c d x y z');
  });

  test('in the overlap of two chunks, one small common word is no match', () => {
    expect(untimed('we went to the sea and back', 'and then the rain came')).toBe(
      'we went to the sea and back and then the rain came',
    );
  });

  test('in the overlap of two chunks, scripts without spaces are joined as well', () => {
    expect(untimed('今日はとても良い天気ですね', '良い天気ですね散歩に行きましょう')).toBe(
      '今日はとても良い天気ですね 散歩に行きましょう',
    );
  });
});

type Timed = readonly [text: string, start: number, end: number];

/** Returns a segment with the times of its words. */
function timedSegment(...said: readonly Timed[]): Segment {
  const words = said.map(([text, start, end]) => ({ text, start, end, probability: null }));
  return {
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    text: said.map(([text]) => text).join(' '),
    words,
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  };
}
/** Returns timed text of two chunks: the first is given the first 10 s, the second all from 8 s on. */
const timed = (first: readonly Segment[], second: readonly Segment[]) =>
  mergeChunks([
    { start: 0, from: 0, to: 10, segments: first },
    { start: 9, from: 8, to: 18, segments: second },
  ]);
const textsOf = (segments: readonly Segment[]) => segments.map(({ text }) => text);

describe('in the overlap of two chunks with word times', () => {
  const early: Timed = ['early', 8, 8.5];
  const late: Timed = ['late', 9.2, 9.8];

  test('in the overlap of two chunks with word times, where nothing agrees, both chunks are cut at its middle', () => {
    const first = [timedSegment(['so', 1, 2]), timedSegment(early, ['cut', 8.8, 9.2])];
    const second = [
      timedSegment(['cat', 8.2, 8.6]),
      timedSegment(['cot', 8.4, 8.8], late, ['on', 10, 11]),
      timedSegment(['and', 12, 13]),
    ];
    expect(timed(first, second)).toEqual([
      first[0],
      timedSegment(early),
      timedSegment(late, ['on', 10, 11]),
      second[2],
    ]);
    // The middle is at 9 s: a word there belongs to the second chunk.
    expect(textsOf(timed([timedSegment(['a', 8.5, 9.5])], [timedSegment(['b', 8.5, 9.5])]))).toEqual(['b']);
    expect(textsOf(timed([timedSegment(early)], [timedSegment(['b', 8.4, 8.9])]))).toEqual(['early']);
  });

  test('in the overlap of two chunks with word times, one common word is enough, if it is said within 0.8 s', () => {
    const merged = (start: number) =>
      textsOf(
        timed(
          [timedSegment(early, ['tea', 8.5, 8.9], ['x', 9, 9.2])],
          [timedSegment(['y', 8, 8.2], ['tea', start, start + 0.4], late)],
        ),
      );
    expect(merged(9.29)).toEqual(['early tea', 'late']);
    // Cut at the middle instead.
    expect(merged(9.31)).toEqual(['early tea', 'tea late']);
  });

  test('words with times are common to two chunks from half a second before their overlap to half a second after it', () => {
    const before = (at: number) =>
      textsOf(
        timed(
          [timedSegment(['tea', at - 0.1, at + 0.1], ['w', 9.4, 9.6])],
          [timedSegment(['tea', 7.9, 8.1], ['x', 8.5, 8.7], ['y', 10.8, 11])],
        ),
      );
    expect(before(7.5)).toEqual(['tea', 'x y']);
    expect(before(7.45)).toEqual(['tea', 'y']);
    const after = (at: number) =>
      textsOf(
        timed(
          [timedSegment(['w', 8.4, 8.6], ['v', 9.1, 9.3], ['tea', 9.8, 10])],
          [timedSegment(['z', 9.3, 9.5], ['tea', at - 0.1, at + 0.1], ['y', 11, 12])],
        ),
      );
    expect(after(10.5)).toEqual(['w v tea', 'y']);
    expect(after(10.55)).toEqual(['w', 'z tea y']);
  });

  test('in the overlap of two chunks with word times, of two common runs the longer one counts', () => {
    const first = [
      timedSegment(['a', 8, 8.2], ['b', 8.2, 8.4], ['c', 8.4, 8.6], ['x', 8.8, 9], ['d', 9.2, 9.4]),
    ];
    const second = [
      timedSegment(
        ['a', 8, 8.2],
        ['b', 8.2, 8.4],
        ['c', 8.4, 8.6],
        ['z', 8.8, 9],
        ['d', 9.2, 9.4],
        ['e', 9.6, 10.4],
      ),
    ];
    expect(textsOf(timed(first, second))).toEqual(['a b c', 'z d e']);
  });
});

test('chunks are merged in the order of their start, and stay whole where they do not overlap', () => {
  const [first, second] = [timedSegment(['tea', 8, 9], ['tea', 9, 10]), timedSegment(['tea', 10, 11])];
  expect(
    mergeChunks([
      { start: 10, from: 10, to: 20, segments: [second] },
      { start: 0, from: 0, to: 10, segments: [first] },
    ]),
  ).toEqual([first, second]);
  expect(mergeChunks([])).toEqual([]);
});

test('without word times, a common run counts for more than half the words that it would drop', () => {
  expect(untimed('p a b c d', 'x a b z')).toBe('p a b z');
  expect(untimed('p a b c d', 'x y a b z')).toBe('p a b c d x y a b z');
});

/** Enough different words that none comes twice in an overlap. */
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
  test('property: for a perfect engine and any cuts, in a noisy room with little speech, every word appears once, in order', () => {
    const rare = fc.array(
      fc.record({
        lasts: fc.double({ min: 0.2, max: 0.7, noNaN: true }),
        pause: fc.double({ min: 0, max: 40, noNaN: true }),
      }),
      { minLength: 5, maxLength: 60 },
    );
    fc.assert(
      fc.property(rare, limit, fc.boolean(), (spoken, maxChunkSeconds, hasTimes) => {
        const truth = flow(spoken, (index) => vocabulary[index] ?? '', 50);
        const transcribed = textOf(transcribedChunks(truth, maxChunkSeconds, hasTimes));
        expect(transcribed).toBe(truth.words.map(({ text }) => text).join(' '));
      }),
    );
  });

  test('property: for a perfect engine and any cuts, with times, every word appears once, in order, also when speakers repeat themselves', () => {
    fc.assert(
      fc.property(times, limit, fc.array(fc.nat(3), { minLength: 50 }), (spoken, maxChunkSeconds, choice) => {
        const truth = flow(spoken, (index) => `word${choice[index % choice.length]}`);
        expect(textOf(transcribedChunks(truth, maxChunkSeconds, true))).toBe(
          truth.words.map(({ text }) => text).join(' '),
        );
      }),
    );
  });

  test('property: for a perfect engine and any cuts, without times, every word appears once, in order', () => {
    fc.assert(
      fc.property(times, limit, (spoken, maxChunkSeconds) => {
        const truth = flow(spoken, (index) => vocabulary[index % vocabulary.length] ?? '');
        expect(textOf(transcribedChunks(truth, maxChunkSeconds, false))).toBe(
          truth.words.map(({ text }) => text).join(' '),
        );
      }),
    );
  });

  test('property: for a perfect engine and any cuts, words keep the times at which they were said', () => {
    fc.assert(
      fc.property(times, limit, (spoken, maxChunkSeconds) => {
        const truth = flow(spoken, (index) => vocabulary[index % vocabulary.length] ?? '');
        const words = mergeChunks(transcribedChunks(truth, maxChunkSeconds, true)).flatMap(
          (segment) => segment.words,
        );
        for (const [index, { start, end }] of truth.words.entries()) {
          expect(words[index]?.start).toBeCloseTo(start, 6);
          expect(words[index]?.end).toBeCloseTo(end, 6);
        }
      }),
    );
  });
});
