import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Token } from '../../src/domain/transcription.ts';
import { openBackend } from '../../src/queue/backend.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { freshDatabase } from '../support/databases.ts';
import { until } from '../support/until.ts';

const silent = pino({ level: 'silent' });

test('a token whose worker is killed before the claim soon goes to another worker', async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  const backend = openBackend({ databaseUrl: url, redisUrl: null }, silent);
  const tokens = createTokens(backend);
  onTestFinished(() => tokens.close());
  const token: Token = { id: 1, fence: 2, engine: 'local' };
  await tokens.send(token);

  const holder = fork(fileURLToPath(new URL('../support/token-holder.ts', import.meta.url)), [url]);
  onTestFinished(() => void holder.kill('SIGKILL'));
  expect(await once(holder, 'message')).toContainEqual(token);
  holder.kill('SIGKILL');

  const taken: Token[] = [];
  const consumer = consumeTokens(
    backend,
    'local',
    async (one) => {
      taken.push(one);
      return 'used';
    },
    silent,
  );
  onTestFinished(() => consumer.close());
  consumer.take(1);
  // Sooner than with BullMQ's default settings.
  await until(
    () => taken.length > 0,
    () => 'the token',
  );
  expect(taken).toEqual([token]);
});
