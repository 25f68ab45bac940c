import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Token } from '../../src/domain/transcription.ts';
import { openBackend } from '../../src/queue/backend.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { OwnPostgres } from '../support/own-postgres.ts';
import { openTestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

/** Longer than a connection of pg may be idle by default, in ms. */
const idleMs = 11_000;

/** Number of concurrent queries. */
const batchSize = 6;

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await OwnPostgres.start();
});
afterAll(() => postgres.remove());

test.skipIf(process.platform === 'win32')(
  'on a machine too busy for new connections, queries and tokens use the existing ones (needs SIGSTOP)',
  async () => {
    const database = openTestDatabase(postgres.url, batchSize);
    const log = pino({ level: 'silent' });
    const backend = openBackend({ databaseUrl: postgres.url, redisUrl: null }, log);
    const tokens = createTokens(backend);
    const taken: number[] = [];
    const work = async ({ id }: Token) => {
      taken.push(id);
      return 'used' as const;
    };
    const consumer = consumeTokens(backend, 'local', work, log);
    onTestFinished(async () => {
      await consumer.close();
      await tokens.close();
      await database.close();
    });
    const manyQueries = () =>
      Promise.all(Array.from({ length: batchSize }, () => database.query`SELECT pg_sleep(0.1)::text`));
    const tokenComes = async (id: number) => {
      await tokens.send({ id, fence: 1, engine: 'local' });
      await until(() => taken.includes(id));
    };
    consumer.take(1);
    await manyQueries();
    await tokenComes(1);
    // A pause after which pg would close idle connections by default.
    await sleep(idleMs);

    const feed = await postgres.starve();
    onTestFinished(feed);
    await manyQueries();
    await tokenComes(2);
    expect(taken).toEqual([1, 2]);
  },
);
