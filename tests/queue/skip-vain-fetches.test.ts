/** BullMQ's looks that are spared (src/queue/skip-vain-fetches.ts) hold up no token. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IQueueBackend } from 'bullmq';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { type BackendSettings, openBackend } from '../../src/queue/backend.ts';
import { skipVainFetches } from '../../src/queue/skip-vain-fetches.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { Redis } from '../chaos/redis.ts';
import { freshDatabase } from '../support/databases.ts';
import { describeWithRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const silent = pino({ level: 'silent' });

/** A backend whose looks find what a test says; `asked` counts those that reach it. */
function scripted() {
  let asked = 0;
  let next: readonly unknown[] = [];
  const look = async () => {
    asked += 1;
    return next;
  };
  const backend = skipVainFetches({
    moveToActive: look,
    waitForJob: async () => null,
    moveToCompleted: async () => ({ result: next, finishedOn: 0 }),
  } as unknown as IQueueBackend);
  return {
    wait: () => backend.waitForJob(1),
    /** Looks for a job; returns what was found, and whether the backend was asked. */
    async look(there: 'job' | 'none') {
      next = there === 'job' ? [{}] : [null];
      const before = asked;
      const [found] = await backend.moveToActive('');
      return `${found ? 'job' : 'none'}, ${asked > before ? 'asked' : 'spared'}`;
    },
    async end(there: 'job' | 'none') {
      next = there === 'job' ? [{}] : [null];
      await backend.moveToCompleted(null as never, null, true, '', true);
    },
  };
}

test('the look after a single job is spared, and the next one after a wait asks', async () => {
  const { look, wait } = scripted();
  expect(await look('none')).toBe('none, asked');
  await wait();
  expect(await look('job')).toBe('job, asked');
  expect(await look('job')).toBe('none, spared');
  await wait();
  expect(await look('job')).toBe('job, asked');
  // There are more: nothing is spared until the queue is empty.
  expect(await look('job')).toBe('job, asked');
  expect(await look('none')).toBe('none, asked');
  await wait();
  expect(await look('job')).toBe('job, asked');
  expect(await look('none')).toBe('none, spared');
});

test('a look after a wait asks, whatever was found before', async () => {
  const { look, wait, end } = scripted();
  await look('none');
  expect(await look('job')).toBe('job, asked');
  await wait();
  expect(await look('job')).toBe('job, asked');
  await end('none');
  await end('job');
  expect(await look('job')).toBe('job, asked');
  await end('none');
  await wait();
  expect(await look('job')).toBe('job, asked');
  expect(await look('job')).toBe('none, spared');
});

/** A missed token is found by the look after a wait of 5 s. */
const maxMs = 3_000;

test('on PostgreSQL, tokens that come one by one and in bursts are taken at once by the free slots', async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  expect(await slowest({ databaseUrl: url, redisUrl: null })).toBeLessThan(maxMs);
});

describeWithRedis('on Redis', () => {
  test('on Redis, tokens that come one by one and in bursts are taken at once by the free slots', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dabir-spared-'));
    const redis = await Redis.start(folder);
    onTestFinished(async () => {
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    });
    expect(await slowest({ databaseUrl: '', redisUrl: redis.url })).toBeLessThan(maxMs);
  });
});

/** Sends tokens to two workers of four slots; resolves to the longest time from a sending to its taking, in ms. */
async function slowest(settings: BackendSettings): Promise<number> {
  const backend = openBackend(settings, silent);
  await backend.check();
  const tokens = createTokens(backend);
  const sentAt = new Map<number, number>();
  const waits: number[] = [];
  const work = async ({ id }: { readonly id: number }) => {
    waits.push(performance.now() - (sentAt.get(id) ?? 0));
    await sleep(Math.random() * 20);
    return 'used' as const;
  };
  const consumers = [1, 2].map(() => consumeTokens(backend, 'local', work, silent));
  for (const consumer of consumers) consumer.take(4);
  let id = 0;
  for (let burst = 0; burst < 60; burst += 1) {
    const size = burst % 10 === 0 ? 12 : 1 + Math.floor(Math.random() * 3);
    await Promise.all(
      Array.from({ length: size }, () => {
        id += 1;
        sentAt.set(id, performance.now());
        return tokens.send({ id, fence: 1, engine: 'local' });
      }),
    );
    await sleep(Math.random() * 25);
  }
  await until(() => waits.length === id);
  await Promise.all(consumers.map((consumer) => consumer.close()));
  await tokens.close();
  await backend.close();
  return Math.max(...waits);
}
