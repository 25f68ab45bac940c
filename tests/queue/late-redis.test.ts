import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Token } from '../../src/domain/transcription.ts';
import { openBackend } from '../../src/queue/backend.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { Redis } from '../chaos/redis.ts';
import { describeWithRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const token: Token = { id: 1, fence: 2, engine: 'local' };

describeWithRedis('when Redis is down at the start of a process', () => {
  test('when Redis is down at the start of a process, sending fails at once, and tokens are sent and taken as soon as Redis is up', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dabir-late-redis-'));
    const redis = await Redis.start(folder);
    onTestFinished(async () => {
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    });
    await redis.stop();
    const warnings: string[] = [];
    const log = pino({}, { write: (line: string) => warnings.push(line) });
    const backend = openBackend({ databaseUrl: '', redisUrl: redis.url }, log);
    const tokens = createTokens(backend);
    const taken: Token[] = [];
    const consumer = consumeTokens(
      backend,
      'local',
      async (one) => {
        taken.push(one);
        return 'used';
      },
      log,
    );
    onTestFinished(async () => {
      await consumer.close();
      await tokens.close();
      await backend.close();
    });
    consumer.take(1);
    // Both ends have been refused: a client that never forgets that is lost from here on.
    await until(() => warnings.filter((line) => line.includes('ECONNREFUSED')).length >= 4);
    const sent = tokens.send(token).then(
      () => 'sent',
      () => 'refused',
    );
    expect(await Promise.race([sent, sleep(2_000, 'nothing')])).toBe('refused');

    await redis.comeBack();
    await until(() =>
      tokens.send(token).then(
        () => true,
        () => false,
      ),
    );
    await until(() => taken.length > 0);
    expect(taken[0]).toEqual(token);
  });
});
