import { expect, test } from 'vitest';
import { createPeriodicWork } from '../../src/runtime/periodic-work.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

test('stopping periodic work aborts the signal of every round, waits for the running ones, and starts no other', async () => {
  const periodic = createPeriodicWork(silent);
  const events: string[] = [];
  for (const name of ['one', 'two']) {
    periodic.every(name, 0, async (leaving) => {
      events.push(`${name} begins`);
      await new Promise<void>((resolve) => leaving.addEventListener('abort', () => setImmediate(resolve)));
      events.push(`${name} ends`);
    });
  }
  await periodic.stop();
  expect(events).toEqual(['one begins', 'two begins', 'one ends', 'two ends']);
});

test('what follows the last round of periodic work runs once it has ended, or after its time to close', async () => {
  const periodic = createPeriodicWork(silent);
  const events: string[] = [];
  const afterLast = (name: string) => async () => {
    events.push(`after ${name}`);
  };
  const hung = Promise.withResolvers<void>();
  periodic.every('hung', 0, () => hung.promise, { closingMs: 1, afterLast: afterLast('hung') });
  periodic.every(
    'slow',
    0,
    async (leaving) => {
      await new Promise<void>((resolve) => leaving.addEventListener('abort', () => setImmediate(resolve)));
      events.push('slow ends');
    },
    { afterLast: afterLast('slow') },
  );
  await periodic.stop();
  expect(events).toContain('after hung');
  expect(events.indexOf('after slow')).toBe(events.indexOf('slow ends') + 1);
  hung.resolve();
});
