// The fault numbers in titles are those of docs/faults.md.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis as Client } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TranscriptionState } from '../../src/domain/transcription.ts';
import { Redis } from '../chaos/redis.ts';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { maxActiveIn, movesOf } from '../support/lane-history.ts';
import type { Person } from '../support/person.ts';
import { describeWithRedis } from '../support/redis.ts';

const voice = { kind: 'voice' } as const;

describeWithRedis('Redis with the tokens', () => {
  let folder: string;
  let redis: Redis;
  let dabir: ForkedDabir;
  let bot: Fork;
  let people: Person[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-redis-'));
    redis = await Redis.start(folder);
    dabir = await startForkedDabir({ env: { REDIS_URL: redis.url } });
    bot = await dabir.startBot();
    await dabir.startWorker({ WORKER_LOCAL: '2' });
    people = await Promise.all(['Sara', 'Emma', 'Liam'].map((name) => dabir.person(name, 'en')));
  });
  afterEach(async () => {
    await dabir.close();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Sends two files of each person: some run, some are next, some wait behind. */
  async function ask(): Promise<{ person: Person; note: number }[]> {
    const asked = people.map(async (person) => [
      { person, ...(await person.asksFor('tone.ogg', voice)) },
      { person, ...(await person.asksFor('tone.ogg', voice)) },
    ]);
    return (await Promise.all(asked)).flat();
  }

  const filesIn = (state: TranscriptionState) => dabir.database.transcription.count({ where: { state } });

  async function allAreAnswered(files: readonly { person: Person; note: number }[]): Promise<void> {
    for (const { person, note } of files) expect(await answerTo(person, note)).toEqual(onceAndWhole);
    expect(maxActiveIn(await movesOf(dabir.database, people))).toBe(1);
    expect(await dabir.database.transcript.count()).toBe(files.length);
  }

  test('Redis is flushed while files wait and run, and all of them finish (fault 5)', async () => {
    dabir.engine.hold();
    const files = await ask();
    await dabir.engine.call(2);
    expect(await filesIn('QUEUED')).toBe(1);
    await redis.flush();
    dabir.engine.release();
    await allAreAnswered(files);
  });

  test('while Redis is down files are accepted all the same, and continue once it is back (fault 6)', async () => {
    dabir.engine.hold();
    const before = await ask();
    await dabir.engine.call(2);
    const meanwhile: typeof before = [];
    await redis.restart(async () => {
      meanwhile.push(...(await ask()));
      await bot.logs('token backend');
      expect(await filesIn('PENDING')).toBe(9);
      dabir.engine.release();
    });
    await allAreAnswered([...before, ...meanwhile]);
  });

  test('while Redis is out of memory files are accepted all the same, and continue once there is room (fault 6)', async () => {
    dabir.engine.hold();
    const before = await ask();
    await dabir.engine.call(2);
    await allowMemory(redis, '1');
    const newcomer = await dabir.person('Zoe', 'en');
    people.push(newcomer);
    const meanwhile = { person: newcomer, ...(await newcomer.asksFor('tone.ogg', voice)) };
    await bot.logs('token not sent', 'OOM');
    dabir.engine.release();
    await allowMemory(redis, '0');
    await allAreAnswered([...before, meanwhile]);
  });
});

async function allowMemory({ url }: Redis, bytes: string): Promise<void> {
  const client = new Client(url);
  await client.config('SET', 'maxmemory', bytes);
  client.disconnect();
}
