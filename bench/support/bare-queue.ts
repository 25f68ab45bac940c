import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { openBackend } from '../../src/queue/backend.ts';
import { spread } from './percentiles.ts';

/** Figures of BullMQ with jobs that do nothing. */
export type BareQueue = {
  /** Median from adding a job to its being processed, one at a time, in ms. */
  readonly p50: number;
  readonly p95: number;
  readonly jobsPerSecond: number;
};

/** Concurrent adders, about as many as in a bot: more would only wait for a connection. */
const addersAtOnce = 50;

/**
 * Measures bare BullMQ on the same backend with the same settings, adding and processing in one process: the
 * floor that Dabir is compared with.
 */
export async function measureBareQueue(
  databaseUrl: string,
  redisUrl: string | null,
  { singles, flood, slots }: { readonly singles: number; readonly flood: number; readonly slots: number },
): Promise<BareQueue> {
  const backend = openBackend({ databaseUrl, redisUrl }, pino({ level: 'silent' }));
  await backend.check();
  let processed: () => void = () => undefined;
  const queue = backend.queue('bare');
  const worker = backend.worker('bare', async () => processed());
  worker.concurrency = slots;
  void worker.run();
  const add = (job: number) =>
    queue.add('empty', {}, { jobId: `b-${job}`, attempts: 1, removeOnComplete: true, removeOnFail: true });
  const times: number[] = [];
  for (let job = 0; job < singles; job += 1) {
    const done = new Promise<void>((resolve) => {
      processed = resolve;
    });
    const startedAt = performance.now();
    await add(job);
    await done;
    times.push(performance.now() - startedAt);
    // The worker is waiting again before the next job comes.
    await sleep(10);
  }
  const startedAt = performance.now();
  let left = flood;
  const done = new Promise<void>((resolve) => {
    processed = () => {
      left -= 1;
      if (left === 0) resolve();
    };
  });
  let added = 0;
  const addTheRest = async () => {
    while (added < flood) {
      added += 1;
      await add(singles + added);
    }
  };
  await Promise.all(Array.from({ length: addersAtOnce }, addTheRest));
  await done;
  const seconds = (performance.now() - startedAt) / 1000;
  await worker.close();
  await queue.close();
  await backend.close();
  return { ...spread(times.slice(1)), jobsPerSecond: Math.round(flood / seconds) };
}
