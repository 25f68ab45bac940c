import { expect, test } from 'vitest';
import { inRows } from '../../src/lib/in-rows.ts';

test.each([
  [7, 4, [4, 3]],
  [7, 3, [3, 2, 2]],
  [5, 4, [3, 2]],
  [6, 3, [3, 3]],
  [4, 4, [4]],
  [1, 4, [1]],
  [0, 4, []],
])('%i buttons in rows of at most %i are even', (count, perRow, sizes) => {
  const buttons = Array.from({ length: count }, (_, index) => index);
  const rows = inRows(buttons, perRow);
  expect(rows.map(({ length }) => length)).toEqual(sizes);
  expect(rows.flat()).toEqual(buttons);
});
