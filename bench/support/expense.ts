import { join } from 'node:path';
import { rounded } from './percentiles.ts';
import type { Answer, Probed, Question } from './probed.ts';
import type { Stage } from './stage.ts';

/**
 * Share of the files for which a statement has to run to count as one that a file needs. Periodic work, such as
 * heartbeats and sweeps, runs less often than that, unless files take seconds each.
 */
const minShare = 0.5;

/**
 * Starts counting; the returned function gives the cost of each of a number of files, or of minutes, since then.
 * @param profileDir where to write the profiles of bot and worker; none are taken without
 */
export async function startCounting(stage: Stage, profileDir: string | undefined) {
  const { telegram, database } = stage;
  const bot = await startMeter(stage.bot, 'bot', profileDir);
  const worker = await startMeter(stage.worker, 'worker', profileDir);
  const serverBefore = await stage.serverMs();
  const benchBefore = process.cpuUsage();
  const redisBefore = await stage.redisCommands();
  await database.resetCounts();
  telegram.counts.clear();
  telegram.countsByChat.clear();
  return async (files: number) => {
    const perFile = (total: number) => rounded(total / files);
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    const redisCommands = (await stage.redisCommands()) - redisBefore;
    const statements = await database.counts();
    const roundTrips = (bullmq: boolean, minCalls = 0) =>
      sum(
        statements.filter((one) => one.bullmq === bullmq && one.calls >= minCalls).map(({ calls }) => calls),
      );
    const calls = [...telegram.counts].filter(([method]) => method !== 'getUpdates');
    const bench = process.cpuUsage(benchBefore);
    return {
      dabirRoundTrips: perFile(roundTrips(false)),
      bullmqRoundTrips: perFile(roundTrips(true) + redisCommands),
      /** Without periodic work, whose share depends on the machine's speed. */
      needed: {
        dabirRoundTrips: perFile(roundTrips(false, files * minShare)),
        bullmqRoundTrips: perFile(roundTrips(true, files * minShare) + redisCommands),
        /** In the chat with the fewest: a slow file shows its progress too. With a chat for each file, those of a file. */
        calls: Math.min(...telegram.countsByChat.values()),
      },
      /** Write-ahead log of Dabir's statements. */
      walKilobytes: perFile(
        sum(statements.filter(({ bullmq }) => !bullmq).map(({ walBytes }) => walBytes)) / 1024,
      ),
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
      cpuMs: rounded((cpuMs - before.cpuMs - before.probedMs) / files),
      megabytes: rounded(rss / 2 ** 20, 0),
      heapMegabytes: rounded(heapUsed / 2 ** 20, 1),
    };
  };
}
