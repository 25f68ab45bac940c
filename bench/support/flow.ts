import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Crowd } from './crowd.ts';
import { percentile, rounded, spread } from './percentiles.ts';
import type { Question } from './probed.ts';
import type { Stage } from './stage.ts';

/** Before anything is measured: code is compiled, connections are open, statements are known. */
const warmUpFiles = 30;

/** One file at a time, each by somebody new, in milliseconds. */
export async function measureSingles(crowd: Crowd, count: number) {
  for (let file = 0; file < warmUpFiles; file += 1) await crowd.send(1).done;
  const trips = [];
  for (let file = 0; file < count; file += 1) trips.push(await crowd.send(1_000 + file).done);
  return {
    /** From the update reaching the bot to the last message of the answer. */
    total: spread(trips.map(({ given, documents }) => documents - given)),
    /** … to the picker. */
    asked: spread(trips.map(({ given, asked }) => asked - given)),
    /** From the press to the text. */
    text: spread(trips.map(({ asked, text }) => text - asked)),
  };
}

/**
 * Many people send many files each, all at once.
 * @param profileDir where to write the profiles of bot and worker meanwhile; none are taken without
 */
export async function measureFlood(
  stage: Stage,
  crowd: Crowd,
  people: number,
  filesEach: number,
  profileDir?: string,
) {
  const { telegram, database, bot, worker } = stage;
  const files = people * filesEach;
  const begin = { ask: profileDir === undefined ? 'usage' : 'profile' } as const;
  const before = { bot: await bot.ask(begin), worker: await worker.ask(begin) };
  const serverBefore = await stage.serverMs();
  const benchBefore = process.cpuUsage();
  await database.resetCounts();
  telegram.counts.clear();
  const startedAt = performance.now();
  // Everybody's first file, then everybody's second, as they would come in.
  const sent = Array.from({ length: files }, (_, file) => crowd.send(10_000 + (file % people)));
  const trips = await Promise.all(sent.map(({ done }) => done));
  const lastAt = trips.reduce((latest, { documents }) => Math.max(latest, documents), 0);
  const statements = await database.counts();
  const calls = [...telegram.counts].filter(([method]) => method !== 'getUpdates');
  const benchCpu = process.cpuUsage(benchBefore);
  const serverMs = (await stage.serverMs()) - serverBefore;
  const end = (role: string): Question =>
    profileDir === undefined
      ? { ask: 'usage' }
      : { ask: 'profiled', path: join(profileDir, `${role}.cpuprofile`) };
  const after = { bot: await bot.ask(end('bot')), worker: await worker.ask(end('worker')) };
  const seconds = (lastAt - startedAt) / 1000;
  const perFile = (total: number) => rounded(total / files);
  const used = (role: 'bot' | 'worker') => ({
    cpuMs: perFile(after[role].cpuMs - before[role].cpuMs),
    megabytes: rounded(after[role].rss / 2 ** 20, 0),
    heapMegabytes: rounded(after[role].heapUsed / 2 ** 20, 1),
  });
  const roundTrips = (bullmq: boolean) =>
    perFile(
      statements
        .filter((statement) => statement.bullmq === bullmq)
        .reduce((sum, { calls }) => sum + calls, 0),
    );
  return {
    files,
    seconds: rounded(seconds),
    filesPerSecond: rounded(files / seconds, 1),
    slowestAnswerMs: rounded(
      percentile(
        trips.map(({ given, documents }) => documents - given),
        1,
      ),
      0,
    ),
    dabirRoundTrips: roundTrips(false),
    bullmqRoundTrips: roundTrips(true),
    callsPerFile: perFile(calls.reduce((sum, [, count]) => sum + count, 0)),
    bot: used('bot'),
    worker: used('worker'),
    postgresCpuMs: perFile(serverMs),
    benchCpuMs: perFile((benchCpu.user + benchCpu.system) / 1000),
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
}
