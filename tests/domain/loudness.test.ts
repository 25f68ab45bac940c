import { expect, test } from 'vitest';
import { isSilent, quantile, silenceFrom } from '../../src/domain/loudness.ts';

/** Returns one level for each second. */
const levelsOf = (...levels: number[]) => ({ levels: Uint8Array.from(levels), stepSeconds: 1 });

test('a quantile is the level that the given share of the moments does not exceed', () => {
  const levels = Uint8Array.from([10, 20, 30, 40]);
  expect([0, 0.24, 0.25, 0.5, 0.75, 0.99].map((share) => quantile(levels, share))).toEqual([
    10, 10, 20, 30, 40, 40,
  ]);
  expect(quantile(levels, 1)).toBe(100);
  expect(quantile(new Uint8Array(), 0.5)).toBe(100);
  // A level above 100 cannot be measured; it counts as silence.
  expect(quantile(Uint8Array.from([255, 101, 3]), 0.5)).toBe(100);
});

test('silence begins 35 dB below the loudest twentieth, but never above 60 dB below full scale', () => {
  expect(silenceFrom(levelsOf(...new Array(100).fill(10)))).toBe(60);
  expect(silenceFrom(levelsOf(...new Array(100).fill(40)))).toBe(75);
  expect(silenceFrom(levelsOf(...new Array(100).fill(90)))).toBe(100);
  // Two loud moments of a hundred are a click, not the loudness of the speech.
  expect(silenceFrom(levelsOf(5, 5, ...new Array(98).fill(40)))).toBe(75);
  expect(silenceFrom(levelsOf(...new Array(6).fill(30), ...new Array(94).fill(90)))).toBe(65);
});

test('a range is silent when each of its moments is', () => {
  const loudness = levelsOf(20, 80, 80, 59, 80);
  expect(isSilent(loudness, { start: 1, end: 3 })).toBe(true);
  expect(isSilent(loudness, { start: 1.5, end: 2.5 })).toBe(true);
  expect(isSilent({ ...loudness, stepSeconds: 0.5 }, { start: 0.5, end: 1.5 })).toBe(true);
  expect(isSilent(loudness, { start: 0.9, end: 3 })).toBe(false);
  expect(isSilent(loudness, { start: 1, end: 3.1 })).toBe(false);
  // The level of the limit itself is silent.
  expect(isSilent(loudness, { start: 3, end: 4 }, 59)).toBe(true);
  expect(isSilent(loudness, { start: 3, end: 4 }, 60)).toBe(false);
  expect(isSilent(loudness, { start: 4, end: 99 })).toBe(true);
  expect(isSilent(loudness, { start: -3, end: 1 })).toBe(false);
  for (const empty of [
    { start: 2, end: 2 },
    { start: 3, end: 1 },
    { start: 5, end: 9 },
  ])
    expect(isSilent(loudness, empty)).toBe(false);
});
