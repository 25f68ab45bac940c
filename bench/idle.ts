/**
 * `npm run bench:idle` measures what a bot and a worker without work cost in a minute: processor time, memory and
 * statements by text. It prints tables and writes bench/results/idle.json. `--profile` also shows where bot and worker
 * spend their time. With `--short` it measures five seconds.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchServer } from './support/database.ts';
import { startCounting } from './support/expense.ts';
import { findHotSpots } from './support/hot-spots.ts';
import { writeResult } from './support/results.ts';
import { readOptions } from './support/sizes.ts';
import { setStage } from './support/stage.ts';

const { sizes, values } = readOptions(
  { seconds: 60 },
  { seconds: 5 },
  { profile: { type: 'boolean', default: false } },
);
const { seconds } = sizes;
/** Time after the start before the measurement, in which rounds run that only a start has, in seconds. */
const settleSeconds = Math.min(seconds, 15);

const server = await startBenchServer('idle');
const stage = await setStage(server, { form: 'queue', redisUrl: null, slots: 8 });
try {
  await sleep(settleSeconds * 1_000);
  const costOf = await startCounting(stage, values.profile ? server.dataDir : undefined);
  await sleep(seconds * 1_000);
  const minute = await costOf(seconds / 60);
  const figures = {
    'statements of Dabir a minute': minute.dabirRoundTrips,
    'statements of BullMQ a minute': minute.bullmqRoundTrips,
    'bot: ms of processor a minute': minute.bot.cpuMs,
    'worker: ms of processor a minute': minute.worker.cpuMs,
    'PostgreSQL: ms of processor a minute': minute.postgresCpuMs,
    'bot: MB': minute.bot.megabytes,
    'worker: MB': minute.worker.megabytes,
  };
  console.table(
    minute.statements.map(({ perFile, sql, bullmq }) => ({
      'a minute': perFile,
      of: bullmq ? 'BullMQ' : 'Dabir',
      statement: sql,
    })),
  );
  console.table(figures);
  if (values.profile) {
    for (const role of ['bot', 'worker']) {
      console.log(`\n${role}, share of its time on the processor`);
      console.table(await findHotSpots(join(server.dataDir, `${role}.cpuprofile`)));
    }
  }
  await writeResult('idle', { seconds, figures });
} finally {
  await stage.close();
  await server.stop();
}
