import { expect, test } from 'vitest';
import { clockTime } from '../../src/domain/clock-time.ts';
import { expectedSeconds } from '../../src/domain/expected-time.ts';

test.each([
  [0, '0:00'],
  [9.99, '0:09'],
  [60, '1:00'],
  [3599, '59:59'],
  [3600, '1:00:00'],
  [36_061, '10:01:01'],
  [-5, '0:00'],
  [Number.NaN, '0:00'],
  [Number.POSITIVE_INFINITY, '0:00'],
])('%s seconds as a time of the clock: %s', (seconds, time) => expect(clockTime(seconds)).toBe(time));

test.each([
  [0, 2],
  [7.1, 10],
  [8, 10],
  [8.1, 15],
  [58, 60],
  [58.1, 90],
  [598, 600],
  [598.1, 660],
])('%s seconds of work are expected to take %s seconds, rounded up', (seconds, expected) => {
  expect(expectedSeconds(seconds, 1)).toBe(expected);
  expect(expectedSeconds(seconds * 10, 0.1)).toBe(expected);
});
