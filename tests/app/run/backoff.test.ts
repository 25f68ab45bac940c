import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../../src/app/run/backoff.ts';

const minute = 60_000;

describe('the delay before a retry', () => {
  test('the delay before a retry doubles, give or take a quarter, up to five minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (attempts) => {
        const middle = Math.min(5 * minute, 2_000 * 2 ** (attempts - 1));
        const rest = backoffMs(2_000, attempts, null);
        expect(rest).toBeGreaterThanOrEqual(Math.floor(middle * 0.75));
        expect(rest).toBeLessThanOrEqual(Math.ceil(middle * 1.25));
      }),
    );
  });

  test('the delay before a retry is at least what the service asked for, up to an hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * 60 * minute }), (asked) => {
        const rest = backoffMs(2_000, 1, asked);
        expect(rest).toBeGreaterThanOrEqual(Math.min(asked, 60 * minute));
        expect(rest).toBeLessThanOrEqual(75 * minute);
      }),
    );
  });

  test('the delay before a retry differs from file to file, so that many files do not return at once', () => {
    expect(new Set(Array.from({ length: 50 }, () => backoffMs(60_000, 1, null))).size).toBeGreaterThan(25);
  });
});
