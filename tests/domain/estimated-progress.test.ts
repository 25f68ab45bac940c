import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateProgress } from '../../src/domain/estimated-progress.ts';

test('the estimated progress is nine tenths when the expected time is over', () => {
  expect(estimateProgress(0, 20).fraction).toBe(0);
  expect(estimateProgress(10, 20).fraction).toBeCloseTo(0.45);
  expect(estimateProgress(20, 20).fraction).toBeCloseTo(0.9);
});

test('the estimated time left is what the engine should still take, and none once that is over', () => {
  expect(estimateProgress(10, 60).leftSeconds).toBe(50);
  expect(estimateProgress(59, 60).leftSeconds).toBe(10);
  expect(estimateProgress(60, 60).leftSeconds).toBeNull();
  expect(estimateProgress(600, 60).leftSeconds).toBeNull();
});

test('property: the estimated progress never stands still, goes back or reaches the end', () => {
  const seconds = fc.double({ min: 0.1, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(seconds, seconds, seconds, (elapsed, more, expected) => {
      const before = estimateProgress(elapsed, expected).fraction;
      const after = estimateProgress(elapsed + more, expected).fraction;
      expect(after).toBeGreaterThanOrEqual(before);
      expect(after).toBeLessThan(1);
    }),
  );
});
