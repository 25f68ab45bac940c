import { expect, test } from 'vitest';
import { effectiveQuota, isLimit } from '../../src/domain/quota.ts';

const usual = { minutesADay: 60, minutesAMonth: null, maxOpenFiles: 500 };

test('a user’s own limits count; the configuration’s limits apply to the rest', () => {
  expect(effectiveQuota({ minutesADay: null, minutesAMonth: 90, maxOpenFiles: null }, usual)).toEqual({
    minutesADay: 60,
    minutesAMonth: 90,
    maxOpenFiles: 500,
  });
  expect(effectiveQuota({ minutesADay: 'unlimited', minutesAMonth: 0, maxOpenFiles: 1 }, usual)).toEqual({
    minutesADay: null,
    minutesAMonth: 0,
    maxOpenFiles: 1,
  });
});

test('a limit is a whole number, nothing, or (for minutes) unlimited', () => {
  for (const limit of [0, 1, 1_000_000, null, 'unlimited']) expect(isLimit('minutesADay', limit)).toBe(true);
  for (const limit of [-1, 1.5, Number.NaN, 1_000_001, '60', undefined]) {
    expect(isLimit('minutesADay', limit)).toBe(false);
  }
  expect(isLimit('maxOpenFiles', 'unlimited')).toBe(false);
});
