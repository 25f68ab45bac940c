import { expect, test } from 'vitest';
import { diarisationError } from '../../bench/support/diarisation-error.ts';
import type { KnownTurn } from '../../bench/support/known-turns.ts';

const known: readonly KnownTurn[] = [
  [0, 10, 'Sara'],
  [10, 20, 'Ali'],
];
const rounded = (found: readonly KnownTurn[]) => {
  const { der, missed, falseAlarm, confused } = diarisationError(known, found, 30);
  return [der, missed, falseAlarm, confused].map(Math.round);
};

test('the same turns under other names have no error, and edges off by less than the collar neither', () => {
  expect(
    rounded([
      [0, 10.2, '1'],
      [10.2, 20, '0'],
    ]),
  ).toEqual([0, 0, 0, 0]);
});

test('missed speech, speech that is none, and speech of another speaker are counted apart', () => {
  expect(rounded([[0, 10, '0']])).toEqual([50, 50, 0, 0]);
  expect(
    rounded([
      [0, 10, '0'],
      [10, 20, '1'],
      [20.25, 30, '1'],
    ]),
  ).toEqual([51, 0, 51, 0]);
  expect(rounded([[0, 20, '0']])).toEqual([50, 0, 0, 50]);
});

test('each speaker found is paired with one known speaker at most', () => {
  expect(
    rounded([
      [0, 5, '0'],
      [5, 10, '1'],
      [10, 20, '2'],
    ]),
  ).toEqual([25, 0, 0, 25]);
});
