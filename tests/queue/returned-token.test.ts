import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { TokenUse } from '../../src/app/run/claim.ts';
import type { Token } from '../../src/domain/transcription.ts';
import { type BackendSettings, openBackend } from '../../src/queue/backend.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { Redis } from '../chaos/redis.ts';
import { freshDatabase } from '../support/databases.ts';
import { describeWithRedis } from '../support/redis.ts';
import { temporaryDataDir } from '../support/started-dabir.ts';
import { until } from '../support/until.ts';

const silent = pino({ level: 'silent' });
const token: Token = { id: 1, fence: 2, engine: 'local' };

/** Sends a token to a consumer that returns it as it closes, and expects it at another consumer. */
async function expectHandOver(settings: BackendSettings): Promise<void> {
  const backend = openBackend(settings, silent);
  const tokens = createTokens(backend);
  const consume = (work: (token: Token) => Promise<TokenUse>) => {
    const consumer = consumeTokens(backend, 'local', work, silent);
    onTestFinished(consumer.close);
    return consumer;
  };
  onTestFinished(async () => {
    await tokens.close();
    await backend.close();
  });

  const taken: string[] = [];
  let closed: Promise<void> | undefined;
  const first = consume(async () => {
    taken.push('first');
    closed = first.close();
    return 'returned';
  });
  first.take(1);
  await until(() =>
    tokens.send(token).then(
      () => true,
      () => false,
    ),
  );
  await until(() => taken.length > 0);
  await closed;
  const second = consume(async (one) => {
    expect(one).toEqual(token);
    taken.push('second');
    return 'used';
  });
  second.take(1);
  await until(() => taken.includes('second'));
  expect(taken).toEqual(['first', 'second']);

  // It is used up: the same token can be sent again.
  await until(async () => (await tokens.counts(['local'])).get('local')?.active === 0);
  await tokens.send(token);
  await until(() => taken.length === 3);
}

test('a token that a stopping process returns goes to another one (PostgreSQL)', async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  await expectHandOver({ databaseUrl: url, redisUrl: null });
});

describeWithRedis('with Redis', () => {
  test('a token that a stopping process returns goes to another one (Redis)', async () => {
    const folder = await temporaryDataDir();
    const redis = await Redis.start(folder.path);
    onTestFinished(async () => {
      await redis.stop();
      await folder.remove();
    });
    await expectHandOver({ databaseUrl: '', redisUrl: redis.url });
  });
});
