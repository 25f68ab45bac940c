import { expect, test } from 'vitest';
import { timeLeft } from '../../src/domain/time-left.ts';

test('the remaining time is shown in rounded words, as soon as it can be estimated', () => {
  expect([timeLeft(1, 0.5), timeLeft(60, 0.01), timeLeft(60, null), timeLeft(60, 1)]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect([timeLeft(10, 0.5), timeLeft(60, 0.4), timeLeft(600, 0.25), timeLeft(60, 0.999)]).toEqual([
    10, 120, 1800, 10,
  ]);
  expect([timeLeft(1000, 0.5), timeLeft(599, 0.5), timeLeft(54, 0.5), timeLeft(3, 0.03)]).toEqual([
    900, 600, 50, 120,
  ]);
  expect([timeLeft(2.9, 0.5), timeLeft(60, 0.029)]).toEqual([null, null]);
});
