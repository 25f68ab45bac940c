import { join } from 'node:path';
import { rounded } from './percentiles.ts';
import type { Answer, Probed, Question } from './probed.ts';
import type { Stage } from './stage.ts';

/**
 * Starts counting; the returned function gives the cost of so many files since then.
 * @param profileDir where to write the profiles of bot and worker; none are taken without
 */
export async function startCounting(stage: Stage, profileDir: string | undefined) {
  const { telegram, database } = stage;
  const bot = await startMeter(stage.bot, 'bot', profileDir);
  const worker = await startMeter(stage.worker, 'worker', profileDir);
  const serverBefore = await stage.serverMs();
  const benchBefore = process.cpuUsage();
  await database.resetCounts();
  telegram.counts.clear();
  return async (files: number) => {
    const perFile = (total: number) => rounded(total / files);
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    const statements = await database.counts();
    const roundTrips = (bullmq: boolean) =>
      perFile(sum(statements.filter((one) => one.bullmq === bullmq).map(({ calls }) => calls)));
    const calls = [...telegram.counts].filter(([method]) => method !== 'getUpdates');
    const bench = process.cpuUsage(benchBefore);
    return {
      dabirRoundTrips: roundTrips(false),
      bullmqRoundTrips: roundTrips(true),
      callsPerFile: perFile(sum(calls.map(([, count]) => count))),
      bot: await bot(files),
      worker: await worker(files),
      postgresCpuMs: perFile((await stage.serverMs()) - serverBefore),
      benchCpuMs: perFile((bench.user + bench.system) / 1000),
      calls: Object.fromEntries(calls.map(([method, count]) => [method, perFile(count)])),
      statements: statements
        .filter(({ calls }) => calls >= files / 100)
        .map(({ calls, meanMs, sql, bullmq }) => ({
          perFile: perFile(calls),
          meanMs: rounded(meanMs, 3),
          bullmq,
          sql: sql.slice(0, 100),
        })),
    };
  };
}

/** Measures one process's processor time per file since the start, and its memory at the end, in MB. */
async function startMeter(process: Probed, role: string, profileDir: string | undefined) {
  const last: Question =
    profileDir === undefined
      ? { ask: 'usage' }
      : { ask: 'profiled', path: join(profileDir, `${role}.cpuprofile`) };
  const before: Answer['usage'] = await process.ask({ ask: profileDir === undefined ? 'usage' : 'profile' });
  return async (files: number) => {
    const { cpuMs, rss, heapUsed } = await process.ask(last);
    return {
      cpuMs: rounded((cpuMs - before.cpuMs) / files),
      megabytes: rounded(rss / 2 ** 20, 0),
      heapMegabytes: rounded(heapUsed / 2 ** 20, 1),
    };
  };
}
