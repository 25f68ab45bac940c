import { expect, test } from 'vitest';
import { compareFigures, medians, numbersOf } from '../../bench/support/compare.ts';

test('figures of a result have paths, and items of lists are named by their texts', () => {
  const result = {
    machine: { cores: 2 },
    settings: { people: 50 },
    results: [{ tokens: 'Redis', form: 'queue', one: { p50: 9.4 }, statements: [{ perFile: 1 }] }],
    seconds: [3, 4],
  };
  expect(numbersOf(result)).toEqual({ 'results.Redis.queue.one.p50': 9.4, 'seconds.0': 3, 'seconds.1': 4 });
});

test('the median of each figure is compared, where both sides have it', () => {
  const before = medians([{ p50: 30, old: 1 }, { p50: 10, old: 1 }, { p50: 20 }]);
  expect(before).toEqual({ p50: 20 });
  expect(compareFigures(before, { p50: 5, calls: 6 })).toEqual({
    p50: { before: 20, after: 5, ratio: 0.25 },
  });
  expect(compareFigures({ lost: 0 }, { lost: 1 })).toEqual({ lost: { before: 0, after: 1, ratio: '' } });
});
