import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Redis } from '../chaos/redis.ts';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { maxActiveIn, movesOf } from '../support/lane-history.ts';
import { LoadBalancer } from '../support/load-balancer.ts';
import type { Person } from '../support/person.ts';
import { describeWithRedis } from '../support/redis.ts';

const voice = { kind: 'voice' } as const;
/** Files of each user that are not finished at a time. */
const waitingFiles = 3;
/** Pause of a user after each file, in ms. */
const pauseMs = 500;
const names = ['Sara', 'Emma', 'Liam', 'Omid', 'Mina', 'Noah'];

describeWithRedis('two bots behind a load balancer, four workers, PostgreSQL and Redis', () => {
  let folder: string;
  let redis: Redis;
  let balancer: LoadBalancer;
  let dabir: ForkedDabir;
  let bots: Fork[];
  let workers: Fork[];
  /** All processes that were ever started. */
  const everybody: Fork[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-rolling-'));
    [redis, balancer] = [await Redis.start(folder), await LoadBalancer.open()];
    dabir = await startForkedDabir({
      env: {
        REDIS_URL: redis.url,
        UPDATES: 'webhook',
        PUBLIC_URL: balancer.url,
        WORKER_WEB_PORT: '0',
        SHUTDOWN_GRACE_SECONDS: '2',
      },
    });
    [bots, workers] = await Promise.all([
      Promise.all([newBot(), newBot()]),
      Promise.all([newWorker(), newWorker(), newWorker(), newWorker()]),
    ]);
  });
  afterAll(async () => {
    await dabir.close();
    await balancer.close();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function newBot(): Promise<Fork> {
    const bot = await dabir.startBot();
    everybody.push(bot);
    balancer.targets.add(await webPortOf(bot));
    return bot;
  }

  async function newWorker(): Promise<Fork> {
    const worker = await dabir.startWorker();
    everybody.push(worker);
    return worker;
  }

  /** Replaces a process as a deploy does: the new one is ready before the old one is asked to end. */
  async function replace(old: Fork, start: () => Promise<Fork>): Promise<void> {
    await start();
    balancer.targets.delete(await webPortOf(old));
    await old.stop();
  }

  test('all bots and workers are replaced while files come in: nothing is lost, nothing comes twice, and the metrics add up', async () => {
    const people = await Promise.all(names.map((name) => dabir.person(name, 'en')));
    dabir.engine.release();
    let sending = true;
    const sent = people.map(async (person) => {
      const notes: { person: Person; note: number }[] = [];
      while (sending) {
        notes.push({ person, ...(await person.asksFor('tone.ogg', voice)) });
        // Files run and wait at every moment, and no backlog grows that only has to be worked off at the end.
        const behind = notes.at(-waitingFiles);
        if (behind !== undefined) await person.ending(behind.note);
        await sleep(pauseMs);
      }
      return notes;
    });
    for (const bot of bots) await replace(bot, newBot);
    for (const worker of workers) await replace(worker, newWorker);
    sending = false;
    const files = (await Promise.all(sent)).flat();
    expect(files.length).toBeGreaterThan(names.length * 2);
    for (const { person, note } of files) expect(await answerTo(person, note)).toEqual(onceAndWhole);
    expect(maxActiveIn(await movesOf(dabir.database, people))).toBe(1);

    // Running processes are asked, and ended ones reported at their end.
    const totals = await Promise.all(everybody.map(totalsOf));
    const sum = (name: string) => totals.reduce((all, one) => all + (one[name] ?? 0), 0);
    expect(sum('dabir_files_accepted_total')).toBe(files.length);
    expect(sum('dabir_files_ended_total')).toBe(files.length);
    expect(await dabir.database.transcript.count()).toBe(files.length);
    // A message for each file, and what was delivered again.
    expect(sum('dabir_updates_total')).toBeGreaterThanOrEqual(files.length);
  });
});

/** Returns the port of a process's web side, from its log. */
async function webPortOf(fork: Fork): Promise<number> {
  const line = JSON.parse(await fork.logs('"web":')) as { web: number };
  return line.web;
}

/** Returns a process's counters, by metric, over all labels. */
async function totalsOf(fork: Fork): Promise<Record<string, number>> {
  const atItsEnd = fork.lines.find((line) => line.includes('"counted"'));
  if (atItsEnd !== undefined) return (JSON.parse(atItsEnd) as { counted: Record<string, number> }).counted;
  const exposition = await (await fetch(`http://127.0.0.1:${await webPortOf(fork)}/metrics`)).text();
  const totals: Record<string, number> = {};
  for (const [, name = '', value] of exposition.matchAll(/^(\w+)(?:\{.*\})? (\S+)$/gm)) {
    totals[name] = (totals[name] ?? 0) + Number(value);
  }
  return totals;
}
