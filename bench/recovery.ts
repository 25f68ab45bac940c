/**
 * `npm run bench:recovery [-- --kills N]` measures from kill -9 of the worker in the middle of a file until
 * that file runs again on another, with the production lease. There are two workers, of which the killed one
 * is restarted. It prints a table and writes bench/results/recovery.json. With `--short` the lease is 2 s.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlayground } from 'telegram-playground';
import { Crowd } from '../tests/chaos/crowd.ts';
import { Member, openLog } from '../tests/chaos/fleet.ts';
import { openTestDatabase } from '../tests/support/test-database.ts';
import { startBenchServer } from './support/database.ts';
import { percentile, rounded, spread } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { isShort, readSizes } from './support/sizes.ts';

const { kills } = readSizes({ kills: 30 }, { kills: 1 });
/** Maximum time for one claim, in ms: several leases. */
const maxWaitMs = 300_000;
const server = await startBenchServer('recovery');
const { dataDir } = server;
const token = '1000000001:bench-only-not-a-real-token-000';
const playground = await startPlayground({
  dataDir: join(dataDir, 'playground'),
  host: '127.0.0.1',
  port: 0,
  token,
});
const created = await server.database('recovered');
const database = openTestDatabase(created.url, 2);
const log = openLog(join(dataDir, 'fleet.log'));
const env = {
  BOT_TOKEN: token,
  TELEGRAM_API_ROOT: playground.apiRoot,
  TELEGRAM_LIMITS: 'off',
  DATABASE_URL: created.url,
  REDIS_URL: '',
  MAX_ATTEMPTS: '20',
  CHAOS_ENGINE_SLOW_MS: '600000',
  ...(isShort && { LEASE_SECONDS: '2' }),
};
const start = (script: string) => new Member(`../tests/chaos/${script}`, env, log, import.meta.url);
const workers = [start('worker.ts'), start('worker.ts')];
const bot = start('bot.ts');
const seconds: number[] = [];
try {
  const crowd = await Crowd.gather(playground.url, kills);
  for (let kill = 0; kill < kills; kill += 1) {
    // A new file each time, of another user, that runs until it is cancelled.
    await crowd.sendOne(kill, [bot]);
    const before = await running(kill + 1);
    const victim = workers.find(({ pid }) => before.holder.includes(`:${pid}:`));
    if (victim === undefined) throw new Error(`nobody holds ${before.holder}`);
    const killedAt = Date.now();
    victim.kill();
    const after = await running(kill + 1, before.fence);
    seconds.push((after.at.getTime() - killedAt) / 1000);
    await database.execute`UPDATE transcription SET "cancelRequestedAt" = now() WHERE id = ${kill + 1}`;
    // Time for the restart of the killed worker.
    if (kill + 1 < kills) await sleep(3_000);
  }
  const result = { kills: seconds.length, ...spread(seconds), worst: rounded(percentile(seconds, 1)) };
  console.table(result);
  await writeResult('recovery', { ...result, seconds });
} finally {
  await Promise.all([...workers, bot].map((member) => member.stop()));
  await database.close();
  await created.close();
  await playground.close();
  await server.stop();
  log.end();
}

/**
 * Waits for a claim of the file with a higher fence, and returns it.
 * @throws Error after 300 s without one
 */
async function running(id: number, fence = 0): Promise<{ at: Date; fence: number; holder: string }> {
  for (const end = performance.now() + maxWaitMs; performance.now() < end; ) {
    const change = await database.stateChange.findFirst({
      where: { transcriptionId: id, toState: 'PROCESSING', fence: { gt: fence } },
      orderBy: { id: 'desc' },
    });
    if (change !== null) return { at: change.at, fence: change.fence ?? 0, holder: change.holder ?? '' };
    await sleep(50);
  }
  throw new Error(`no worker claimed file ${id} within ${maxWaitMs} ms`);
}
