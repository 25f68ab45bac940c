import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq';
import { pino } from 'pino';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { Tokens } from '../../src/app/ports/tokens.ts';
import type { Token } from '../../src/domain/transcription.ts';
import { openBackend } from '../../src/queue/backend.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { freshDatabase, withDatabase } from '../support/databases.ts';
import { until } from '../support/until.ts';

const token: Token = { id: 1, fence: 2, engine: 'local' };
const silent = pino({ level: 'silent' });

test('a process that starts while the database refuses connections sends and takes tokens once it is there', async () => {
  const server = inject('postgresUrl');
  const name = `late_${randomBytes(6).toString('hex')}`;
  onTestFinished(() =>
    withDatabase(server, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }),
  );
  const url = new URL(server);
  url.pathname = `/${name}`;
  const warnings: string[] = [];
  const log = pino({}, { write: (line: string) => warnings.push(line) });
  const backend = openBackend({ databaseUrl: url.href, redisUrl: null }, log);
  const taken: Token[] = [];
  const tokens = createTokens(backend);
  const consumer = consumeTokens(
    backend,
    'local',
    async (one) => {
      taken.push(one);
      return 'used';
    },
    silent,
  );
  consumer.take(1);
  await expect(tokens.send(token)).rejects.toThrow(/does not exist/);

  await sleep(2_000);
  // A few attempts, with delays between them.
  expect(warnings.length).toBeGreaterThan(0);
  expect(warnings.length).toBeLessThan(20);

  await withDatabase(server, (client) => client.query(`CREATE DATABASE ${name}`));
  await until(() => sends(tokens));
  await until(
    () => taken.length > 0,
    () => 'the token',
  );
  expect(taken[0]).toEqual(token);
  await tokens.close();
  await consumer.close();
});

test('connections that are cut while BullMQ is set up end no process', async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  await withDatabase(url, async (client) => {
    // BullMQ's own migration waits for this lock.
    await client.query(`SELECT pg_advisory_lock($1, hashtext('bullmq'))`, [MIGRATION_ADVISORY_LOCK_KEY]);
    const tokens = createTokens(openBackend({ databaseUrl: url, redisUrl: null }, silent));
    onTestFinished(() => tokens.close());
    const waiting = `FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await until(async () => (await client.query(`SELECT 1 ${waiting}`)).rowCount);
    await client.query(`SELECT pg_terminate_backend(pid) ${waiting}`);
    await client.query('SELECT pg_advisory_unlock_all()');
    await until(() => sends(tokens));
  });
});

test('a worker that could not listen for a while still finds a token whose notification it missed', async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  const name = new URL(url).pathname.slice(1);
  const warnings: string[] = [];
  const log = pino({}, { write: (line: string) => warnings.push(line) });
  const backend = openBackend({ databaseUrl: url, redisUrl: null }, log);
  const tokens = createTokens(backend);
  const taken: Token[] = [];
  const work = async (one: Token) => {
    taken.push(one);
    return 'used' as const;
  };
  const consumer = consumeTokens(backend, 'local', work, silent);
  onTestFinished(async () => {
    await consumer.close();
    await tokens.close();
  });
  consumer.take(1);
  await tokens.send({ ...token, engine: 'eboo' });
  await withDatabase(inject('postgresUrl'), async (server) => {
    // BullMQ gives its connection for LISTEN the name of the queue.
    const listening = `FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'dabir-local'
                         AND query ILIKE '%LISTEN%'`;
    const listens = async () => (await server.query(`SELECT 1 ${listening}`)).rowCount;
    await until(listens);
    // Existing connections continue; new ones are refused, and the one for LISTEN breaks.
    await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await server.query(`SELECT pg_terminate_backend(pid) ${listening}`);
    await until(
      () => warnings.some((line) => line.includes('not currently accepting connections')),
      () => warnings.join(''),
    );
    await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    // It reads the queue once when it begins to wait; later tokens come by notification.
    await until(async () => {
      const { rowCount } = await server.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = '${name}' AND query ILIKE '%AS present%'
            AND query_start > (SELECT max(query_start) ${listening})`,
      );
      return rowCount;
    });
  });
  await withDatabase(url, (client) =>
    client.query(`UPDATE bullmq.job SET queue = 'dabir-local' WHERE queue = 'dabir-eboo'`),
  );
  await until(
    () => taken.length > 0,
    () => warnings.join(''),
  );
});

function sends(tokens: Tokens): Promise<boolean> {
  return tokens.send(token).then(
    () => true,
    () => false,
  );
}
