import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type DueTask, startDueTasks } from '../../src/runtime/due-tasks.ts';
import { periodicByHand } from '../support/periodic-by-hand.ts';

/** Starts tasks whose looks are called by hand. */
function startByHand<Kind extends string>(tasks: Record<Kind, DueTask>, looks?: 'every other second') {
  const errors: unknown[] = [];
  const silent = () => undefined;
  const log = { info: silent, warn: silent, debug: silent, error: (fields: unknown) => errors.push(fields) };
  const { periodic, run } = periodicByHand();
  let due: readonly Kind[] = [];
  startDueTasks(periodic, log, tasks, async () => new Set(due), looks);
  return {
    errors,
    stop: periodic.stop,
    look(...kinds: Kind[]) {
      due = kinds;
      return run();
    },
  };
}

test('a look begins a round of each kind that is due, and a round that still runs delays no other kind', async () => {
  const begun: string[] = [];
  const slow = Promise.withResolvers<void>();
  const { look } = startByHand({
    slow: {
      async round() {
        begun.push('slow');
        await slow.promise;
      },
    },
    fast: { round: async () => void begun.push('fast') },
    idle: { round: async () => void begun.push('idle') },
  });
  await look('slow', 'fast');
  await look('slow', 'fast');
  expect(begun).toEqual(['slow', 'fast', 'fast']);
  slow.resolve();
  await turn();
  await look('slow');
  expect(begun).toEqual(['slow', 'fast', 'fast', 'slow']);
});

test('a kind with a minimum interval begins no second round before it has passed', async () => {
  const begun: string[] = [];
  const { look } = startByHand({
    rare: { round: async () => void begun.push('rare'), minIntervalMs: 60_000 },
    often: { round: async () => void begun.push('often') },
  });
  await look('rare', 'often');
  await look('rare', 'often');
  expect(begun).toEqual(['rare', 'often', 'often']);
});

test('a failed round is logged once, and the kind begins again at the next look', async () => {
  let rounds = 0;
  const { look, errors } = startByHand({
    broken: {
      async round() {
        rounds += 1;
        if (rounds === 1) throw new Error('no');
      },
    },
  });
  await look('broken');
  await look('broken');
  expect(rounds).toBe(2);
  expect(errors).toMatchObject([{ round: 'broken', cause: 'no' }]);
});

test('a stop tells running rounds, waits for them, and leaves those whose closing time is over', async () => {
  const events: string[] = [];
  const { look, stop } = startByHand({
    hung: { round: () => new Promise(() => undefined), closingMs: 1 },
    slow: {
      async round(leaving) {
        await new Promise<void>((resolve) => leaving.addEventListener('abort', () => setImmediate(resolve)));
        events.push('slow ends');
      },
    },
  });
  await look('hung', 'slow');
  await stop();
  events.push('stopped');
  await look('hung', 'slow');
  expect(events).toEqual(['slow ends', 'stopped']);
});

test('a process that looks every other second looks every second while something hastens it', async () => {
  const begun: string[] = [];
  const { look } = startByHand(
    {
      usual: { round: async () => void begun.push('usual') },
      ahead: { round: async () => void begun.push('ahead'), hastens: true },
    },
    'every other second',
  );
  await look('usual');
  await look('usual');
  await look('usual', 'ahead');
  await look('usual', 'ahead');
  await look('usual');
  await look('usual');
  expect(begun).toEqual(['usual', 'usual', 'ahead', 'usual', 'ahead', 'usual']);
});
