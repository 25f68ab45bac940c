/**
 * `npm run bench:idle` measures what a bot and a worker without work cost in a minute: processor time, memory and
 * statements by text. It prints tables and writes bench/results/idle.json. With `--short` it measures five seconds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchServer } from './support/database.ts';
import { rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';
import { setStage } from './support/stage.ts';

const { seconds } = readSizes({ seconds: 60 }, { seconds: 5 });
/** Time after the start before the measurement, in which rounds run that only a start has, in seconds. */
const settleSeconds = Math.min(seconds, 15);

const server = await startBenchServer('idle');
const stage = await setStage(server, { form: 'queue', redisUrl: null, slots: 8 });
try {
  await sleep(settleSeconds * 1_000);
  const usage = () => Promise.all([stage.bot.ask({ ask: 'usage' }), stage.worker.ask({ ask: 'usage' })]);
  const before = await usage();
  const serverBefore = await stage.serverMs();
  await stage.database.resetCounts();
  await sleep(seconds * 1_000);
  const statements = await stage.database.counts();
  const [bot, worker] = await usage();
  const perMinute = (total: number) => rounded((total * 60) / seconds, 1);
  const sum = (ofBullmq: boolean) =>
    statements.filter(({ bullmq }) => bullmq === ofBullmq).reduce((total, { calls }) => total + calls, 0);
  const figures = {
    'statements of Dabir a minute': perMinute(sum(false)),
    'statements of BullMQ a minute': perMinute(sum(true)),
    'bot: ms of processor a minute': perMinute(bot.cpuMs - (before[0]?.cpuMs ?? 0)),
    'worker: ms of processor a minute': perMinute(worker.cpuMs - (before[1]?.cpuMs ?? 0)),
    'PostgreSQL: ms of processor a minute': perMinute((await stage.serverMs()) - serverBefore),
    'bot: MB': rounded(bot.rss / 2 ** 20, 0),
    'worker: MB': rounded(worker.rss / 2 ** 20, 0),
  };
  console.table(
    statements.map(({ calls, sql, bullmq }) => ({
      'a minute': perMinute(calls),
      of: bullmq ? 'BullMQ' : 'Dabir',
      statement: sql.slice(0, 100),
    })),
  );
  console.table(figures);
  await writeResult('idle', { seconds, figures });
} finally {
  await stage.close();
  await server.stop();
}
