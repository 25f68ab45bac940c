import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq';
import { pino } from 'pino';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { Tokens } from '../../src/app/ports/lanes.ts';
import type { Token } from '../../src/domain/transcription.ts';
import { openBackend } from '../../src/queue/backend.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { freshDatabase, withDatabase } from '../support/databases.ts';
import { until } from '../support/until.ts';

const token: Token = { id: 1, fence: 2, engine: 'local' };
const silent = pino({ level: 'silent' });

test('who starts while the database refuses connections sends and takes tokens once it is there', async () => {
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
    },
    silent,
  );
  consumer.take(1);
  await expect(tokens.send(token)).rejects.toThrow(/does not exist/);

  await sleep(2_000);
  // A few tries, and not one after the other as fast as they fail.
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

test('connections that are cut while they set BullMQ up end no process', async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  await withDatabase(url, async (client) => {
    // What BullMQ's own migration waits for.
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

function sends(tokens: Tokens): Promise<boolean> {
  return tokens.send(token).then(
    () => true,
    () => false,
  );
}
