import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Token } from '../../src/domain/transcription.ts';
import { openBackend, type TokenBackend } from '../../src/queue/backend.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { withDatabase } from '../support/databases.ts';
import { until } from '../support/until.ts';

const server = inject('postgresUrl');
const name = `late_${randomBytes(6).toString('hex')}`;
const warnings: string[] = [];
let backend: TokenBackend;

beforeAll(() => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  const log = pino({}, { write: (line: string) => warnings.push(line) });
  backend = openBackend({ databaseUrl: url.href, redisUrl: null }, log);
});

afterAll(async () => {
  await backend.close();
  await withDatabase(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
});

test('who starts while the database refuses connections sends and takes tokens once it is there', async () => {
  const token: Token = { id: 1, fence: 2, engine: 'local' };
  const taken: Token[] = [];
  const tokens = createTokens(backend);
  const consumer = consumeTokens(
    backend,
    'local',
    async (one) => {
      taken.push(one);
    },
    pino({ level: 'silent' }),
  );
  consumer.take(1);
  await expect(tokens.send(token)).rejects.toThrow(/does not exist/);

  await sleep(2_000);
  // A few tries, and not one after the other as fast as they fail.
  expect(warnings.length).toBeLessThan(20);

  await withDatabase(server, (client) => client.query(`CREATE DATABASE ${name}`));
  await until(() =>
    tokens.send(token).then(
      () => true,
      () => false,
    ),
  );
  await until(
    () => taken.length > 0,
    () => 'the token',
  );
  expect(taken[0]).toEqual(token);
  await tokens.close();
  await consumer.close();
});
