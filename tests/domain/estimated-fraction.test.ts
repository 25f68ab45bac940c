import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimatedFraction } from '../../src/domain/estimated-fraction.ts';

test('the estimated progress is nine tenths when the expected time is over', () => {
  expect(estimatedFraction(0, 20)).toBe(0);
  expect(estimatedFraction(10, 20)).toBeCloseTo(0.45);
  expect(estimatedFraction(20, 20)).toBeCloseTo(0.9);
});

test('property: the estimated progress never stands still, goes back or reaches the end', () => {
  const seconds = fc.double({ min: 0.1, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(seconds, seconds, seconds, (elapsed, more, expected) => {
      const before = estimatedFraction(elapsed, expected);
      const after = estimatedFraction(elapsed + more, expected);
      expect(after).toBeGreaterThanOrEqual(before);
      expect(after).toBeLessThan(1);
    }),
  );
});
