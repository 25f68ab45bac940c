import { describe, expect, test } from 'vitest';
import { waitAtMost } from '../../src/lib/wait-at-most.ts';

describe('a wait with a limit', () => {
  test('a wait with a limit gives the result of work that ends in time', async () => {
    expect(await waitAtMost(60_000, Promise.resolve(7))).toBe(7);
  });

  test('a wait with a limit gives nothing for work that fails', async () => {
    expect(await waitAtMost(60_000, Promise.reject(new Error('no')))).toBeUndefined();
  });

  test('a wait with a limit gives nothing for work that takes too long', async () => {
    expect(await waitAtMost(1, new Promise(() => {}))).toBeUndefined();
  });
});
