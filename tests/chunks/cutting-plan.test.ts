import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missingChunks, type PlannedChunk, planChunks } from '../../src/domain/cutting-plan.ts';
import type { Loudness } from '../../src/domain/loudness.ts';
import { audioOf } from './spoken-audio.ts';

const stepSeconds = 0.02;

/** Returns levels from stretches of [seconds, dB below full scale]. */
function sound(...stretches: readonly [number, number][]): Loudness {
  const levels = stretches.flatMap(([seconds, level]) =>
    new Array(Math.round(seconds / stepSeconds)).fill(level),
  );
  return { levels: Uint8Array.from(levels), stepSeconds };
}
const all = ({ levels }: Loudness) => ({ start: 0, end: levels.length * stepSeconds });
const plan = (loudness: Loudness, partSeconds: number) => planChunks(loudness, all(loudness), partSeconds);

describe('a file is cut', () => {
  test('not at all while it is short', () => {
    expect(plan(sound([40, 25]), 50)).toEqual([{ start: 0, end: 40, from: 0, to: 40 }]);
  });

  test('in the middle of a pause, if there is one', () => {
    expect(plan(sound([45, 25], [0.4, 70], [30, 25]), 50)).toEqual([
      { start: 0, end: 45.2, from: 0, to: 45.2 },
      { start: 45.2, end: 75.4, from: 45.2, to: 75.4 },
    ]);
  });

  test('with an overlap where there is no pause', () => {
    const [first, second] = plan(sound([80, 25]), 50);
    expect(first?.to).toBeGreaterThan(second?.from ?? 0);
    expect(first?.end).toBe(second?.start);
  });

  test('into halves rather than a whole and a tiny rest', () => {
    const lengths = plan(sound([52, 25]), 50).map(({ from, to }) => to - from);
    expect(Math.min(...lengths)).toBeGreaterThan(10);
  });

  test('without silence: none at the edges, no long one, and nothing of a silent file', () => {
    const parts = plan(sound([5, 90], [10, 25], [60, 90], [10, 25], [5, 90]), 300);
    expect(parts).toEqual([
      { start: 4.7, end: 15.3, from: 4.7, to: 15.3 },
      { start: 74.7, end: 85.3, from: 74.7, to: 85.3 },
    ]);
    expect(plan(sound([100, 100]), 50)).toEqual([]);
  });

  test('with whispering in a noisy room counted as speech', () => {
    expect(plan(sound([10, 25], [60, 55], [10, 25]), 300)).toHaveLength(1);
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
  test('every chunk fits, chunks follow each other, and every word lies whole in one of them', () => {
    fc.assert(
      fc.property(speech, limit, ({ words, loudness, seconds }, partSeconds) => {
        const parts = planChunks(loudness, { start: 0, end: seconds }, partSeconds);
        for (const [index, part] of parts.entries()) {
          expect(part.to - part.from).toBeLessThanOrEqual(partSeconds + 0.001);
          expect(part.from).toBeLessThanOrEqual(part.start);
          expect(part.to).toBeGreaterThanOrEqual(part.end);
          expect(part.end).toBeGreaterThan(part.start);
          expect(parts[index + 1]?.start ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(part.end);
        }
        for (const { start, end } of words) {
          const whole = parts.some((part) => part.from <= start + 0.02 && part.to >= end - 0.02);
          expect(whole, `${start} to ${end}`).toBe(true);
        }
      }),
    );
  });

  test('chunks that are done are not planned again, and nothing else is left out', () => {
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
          for (const part of missing)
            for (const other of answered) expect(overlap(part, other)).toBeLessThan(0.7);
          for (const { start, end } of words) {
            const middle = (start + end) / 2;
            const isThere = [...missing, ...answered].some(
              (part) => part.start <= middle && middle <= part.end,
            );
            expect(isThere, `${middle}`).toBe(true);
          }
        },
      ),
    );
  });

  test('the same engine gets the same chunks again, without those that are done', () => {
    fc.assert(
      fc.property(
        speech,
        limit,
        fc.array(fc.boolean(), { minLength: 40 }),
        ({ loudness, seconds }, partSeconds, kept) => {
          const planned = planChunks(loudness, { start: 0, end: seconds }, partSeconds);
          const isKept = (index: number) => kept[index % kept.length] === true;
          const answered = planned.filter((_, index) => isKept(index));
          expect(missingChunks(loudness, planned, answered, partSeconds)).toEqual(
            planned.filter((_, index) => !isKept(index)),
          );
        },
      ),
    );
  });
});
