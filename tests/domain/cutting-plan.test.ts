import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missingChunks, type PlannedChunk, planChunks } from '../../src/domain/cutting-plan.ts';
import type { Loudness } from '../../src/domain/loudness.ts';
import { audioOf } from '../support/spoken-audio.ts';

const stepSeconds = 0.02;

/** Returns levels from stretches of [seconds, dB below full scale]. */
function sound(...stretches: readonly [number, number][]): Loudness {
  const levels = stretches.flatMap(([seconds, level]) =>
    new Array(Math.round(seconds / stepSeconds)).fill(level),
  );
  return { levels: Uint8Array.from(levels), stepSeconds };
}
const all = ({ levels }: Loudness) => ({ start: 0, end: levels.length * stepSeconds });
const plan = (loudness: Loudness, maxChunkSeconds: number) =>
  planChunks(loudness, all(loudness), maxChunkSeconds);

describe('a file is cut', () => {
  test('a file is not cut while it is short', () => {
    expect(plan(sound([40, 25]), 50)).toEqual([{ start: 0, end: 40, from: 0, to: 40 }]);
  });

  test('a file is cut in the middle of a pause, if there is one', () => {
    expect(plan(sound([45, 25], [0.4, 70], [30, 25]), 50)).toEqual([
      { start: 0, end: 45.2, from: 0, to: 45.2 },
      { start: 45.2, end: 75.4, from: 45.2, to: 75.4 },
    ]);
  });

  test('a file is cut with an overlap of three seconds where there is no pause', () => {
    expect(plan(sound([80, 25]), 50)).toEqual([
      { start: 0, end: 48.5, from: 0, to: 50 },
      { start: 48.5, end: 80, from: 47, to: 80 },
    ]);
    // The third chunk has two overlaps.
    expect(plan(sound([130, 25]), 50).map(({ from, to }) => [from, to])).toEqual([
      [0, 50],
      [47, 97],
      [94, 130],
    ]);
  });

  test('a file is cut into halves rather than a whole and a tiny rest', () => {
    expect(plan(sound([50, 25]), 50)).toEqual([{ start: 0, end: 50, from: 0, to: 50 }]);
    expect(plan(sound([52, 25]), 50)).toEqual([
      { start: 0, end: 39.5, from: 0, to: 41 },
      { start: 39.5, end: 52, from: 38, to: 52 },
    ]);
  });

  test('a file is cut within its last thirty seconds, or the last two fifths of a short one', () => {
    const cutOf = (length: number, pauseAt: number, partSeconds: number) =>
      plan(sound([pauseAt, 25], [0.4, 70], [length - pauseAt, 25]), partSeconds)[0]?.end;
    expect(cutOf(500, 168, 200)).toBe(198.5);
    expect(cutOf(500, 172, 200)).toBeCloseTo(172.2, 6);
    expect(cutOf(500, 28, 50)).toBe(48.5);
    expect(cutOf(500, 32, 50)).toBe(32.2);
  });

  test('a file is cut where it is quietest for as long as the overlap, if there is no pause', () => {
    expect(plan(sound([35, 25], [3, 30], [42, 25]), 50)[0]).toEqual({ start: 0, end: 36.5, from: 0, to: 38 });
    expect(plan(sound([35, 25], [3, 30], [4, 25], [3, 31], [35, 25]), 50)[0]?.end).toBe(43.5);
    // Of equally quiet moments the last one.
    expect(plan(sound([35, 25], [3, 30], [4, 25], [3, 30], [35, 25]), 50)[0]?.end).toBe(43.5);
  });

  test('a file is cut in the best of several pauses: a long one or a late one', () => {
    const cutOf = (...stretches: [number, number][]) => plan(sound(...stretches, [40, 25]), 50)[0]?.end;
    expect(cutOf([31, 25], [0.4, 70], [14, 25], [0.4, 70])).toBe(45.6);
    expect(cutOf([31, 25], [1, 70], [16, 25], [0.4, 70])).toBe(31.5);
    // A pause longer than a second is no better than one of a second.
    expect(cutOf([31, 25], [2, 70], [15, 25], [0.5, 70])).toBeCloseTo(48.24, 6);
    // The closure of a consonant is no pause.
    expect(cutOf([31, 25], [0.2, 70], [16, 25], [0.18, 70])).toBe(31.1);
  });

  test('a file is cut in a pause that is at least 10 dB quieter than the speech, and not just a little less loud than the rest', () => {
    const cutOf = (level: number) => plan(sound([40, 25], [0.4, level], [40, 25]), 50)[0]?.end;
    expect([34, 35].map(cutOf)).toEqual([41.5, 40.2]);
    // Where the real pauses are at 70 dB, a dip to 50 dB is none.
    expect(plan(sound([32, 25], [3, 70], [10, 25], [0.9, 50], [40, 25]), 50)[0]?.end).toBe(33.5);
    expect(plan(sound([32, 25], [3, 70], [10, 25], [0.9, 55], [40, 25]), 50)[0]?.end).toBeCloseTo(45.44, 6);
  });

  test('a file is cut without silence: none at the edges, no long one, and nothing of a silent file', () => {
    const chunks = plan(sound([5, 90], [10, 25], [60, 90], [10, 25], [5, 90]), 300);
    expect(chunks).toEqual([
      { start: 4.7, end: 15.3, from: 4.7, to: 15.3 },
      { start: 74.7, end: 85.3, from: 74.7, to: 85.3 },
    ]);
    expect(plan(sound([100, 100]), 50)).toEqual([]);
  });

  test('a file is cut without silence of 20 s within it, and of 1 s at its edges, but for 0.3 s around the words', () => {
    const rangesOf = (...stretches: [number, number][]) =>
      plan(sound(...stretches), 300).map(({ start, end }) => [start, end].map((at) => Number(at.toFixed(2))));
    expect(rangesOf([10, 25], [19.98, 90], [10, 25])).toEqual([[0, 39.98]]);
    expect(rangesOf([10, 25], [20, 90], [10, 25])).toEqual([
      [0, 10.3],
      [29.7, 40],
    ]);
    expect(rangesOf([0.98, 90], [10, 25], [0.98, 90])).toEqual([[0, 11.96]]);
    expect(rangesOf([1, 90], [10, 25], [1, 90])).toEqual([[0.7, 11.3]]);
    // A level of 60 dB is silent, one of 59 dB is not.
    expect(rangesOf([10, 25], [30, 59], [10, 25])).toEqual([[0, 50]]);
    expect(rangesOf([10, 25], [30, 60], [10, 25])).toHaveLength(2);
  });

  test('a file is cut with whispering in a noisy room counted as speech', () => {
    expect(plan(sound([10, 25], [60, 55], [10, 25]), 300)).toHaveLength(1);
  });
});

describe('of a file that is transcribed in part,', () => {
  const loudness = sound([100, 25]);
  const whole = plan(loudness, 100);
  const missing = (...answered: [number, number][]) =>
    missingChunks(
      loudness,
      whole,
      answered.map(([start, end]) => ({ start, end })),
      100,
    ).map(({ start, end }) => [start, end]);

  test('of a file that is transcribed in part, the rest is planned', () => {
    expect(missing()).toEqual([[0, 100]]);
    expect(missing([40, 60])).toEqual([
      [0, 40],
      [60, 100],
    ]);
    expect(missing([0, 40])).toEqual([[40, 100]]);
    expect(missing([60, 100])).toEqual([[0, 60]]);
    expect(missing([20, 40], [35, 60])).toEqual([
      [0, 20],
      [60, 100],
    ]);
    expect(missing([0, 100])).toEqual([]);
    expect(missing([-10, 0], [100, 110])).toEqual([[0, 100]]);
  });

  test('of a file that is transcribed in part, a rest of 0.05 s is a rounding error', () => {
    expect(missing([0, 50], [50.05, 100])).toEqual([]);
    expect(missing([0, 50], [50.06, 100])).toEqual([[50, 50.06]]);
  });
});

const speech = fc
  .array(
    fc.record({
      text: fc.constant('word'),
      lasts: fc.double({ min: 0.1, max: 1, noNaN: true }),
      pause: fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 6, arbitrary: fc.double({ min: 0, max: 0.5, noNaN: true }) },
        { weight: 1, arbitrary: fc.double({ min: 0, max: 60, noNaN: true }) },
      ),
    }),
    { minLength: 1, maxLength: 300 },
  )
  .map(audioOf);
const limit = fc.integer({ min: 10, max: 330 });

describe('for any audio (properties)', () => {
  test('property: for any audio, every chunk fits, chunks follow each other, and every word lies whole in one of them', () => {
    fc.assert(
      fc.property(speech, limit, ({ words, loudness, seconds }, maxChunkSeconds) => {
        const chunks = planChunks(loudness, { start: 0, end: seconds }, maxChunkSeconds);
        for (const [index, chunk] of chunks.entries()) {
          expect(chunk.to - chunk.from).toBeLessThanOrEqual(maxChunkSeconds + 0.001);
          expect(chunk.from).toBeLessThanOrEqual(chunk.start);
          expect(chunk.to).toBeGreaterThanOrEqual(chunk.end);
          expect(chunk.end).toBeGreaterThan(chunk.start);
          expect(chunks[index + 1]?.start ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(chunk.end);
        }
        for (const { start, end } of words) {
          const whole = chunks.some((chunk) => chunk.from <= start + 0.02 && chunk.to >= end - 0.02);
          expect(whole, `${start} to ${end}`).toBe(true);
        }
      }),
    );
  });

  test('property: for any audio, chunks that are done are not planned again, and nothing else is left out', () => {
    fc.assert(
      fc.property(
        speech,
        limit,
        limit,
        fc.array(fc.boolean(), { minLength: 40 }),
        ({ loudness, seconds, words }, first, second, kept) => {
          const whole = { start: 0, end: seconds };
          const answered = planChunks(loudness, whole, first).filter((_, index) => kept[index % kept.length]);
          const missing = missingChunks(loudness, planChunks(loudness, whole, second), answered, second);
          const overlap = (a: PlannedChunk, b: PlannedChunk) =>
            Math.min(a.end, b.end) - Math.max(a.start, b.start);
          for (const chunk of missing)
            for (const other of answered) expect(overlap(chunk, other)).toBeLessThan(0.7);
          for (const { start, end } of words) {
            const middle = (start + end) / 2;
            const isThere = [...missing, ...answered].some(
              (chunk) => chunk.start <= middle && middle <= chunk.end,
            );
            expect(isThere, `${middle}`).toBe(true);
          }
        },
      ),
    );
  });

  test('property: for any audio, the same engine gets the same chunks again, without those that are done', () => {
    fc.assert(
      fc.property(
        speech,
        limit,
        fc.array(fc.boolean(), { minLength: 40 }),
        ({ loudness, seconds }, maxChunkSeconds, kept) => {
          const planned = planChunks(loudness, { start: 0, end: seconds }, maxChunkSeconds);
          const isKept = (index: number) => kept[index % kept.length] === true;
          const answered = planned.filter((_, index) => isKept(index));
          expect(missingChunks(loudness, planned, answered, maxChunkSeconds)).toEqual(
            planned.filter((_, index) => !isKept(index)),
          );
        },
      ),
    );
  });
});
