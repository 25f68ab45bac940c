// The fault numbers in titles are those of docs/faults.md.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { runPlayground, token } from '../../packages/telegram-playground/tests/running-playground.ts';
import type { DabirBot } from '../../src/bot/bot.ts';
import { createReceiver } from '../../src/bot/webhook.ts';
import { createWebhookAddress, webhookSecret } from '../../src/bot/webhook-address.ts';
import { receiveUpdates } from '../../src/compose/receive-updates.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { createPeriodicWork } from '../../src/runtime/periodic-work.ts';
import { silentLog } from '../../src/standalone/silent-log.ts';

const update = { update_id: 7 };

/** Returns a receiver whose bot does as `handle` says. */
function receiver(handle: DabirBot['handle'], isDatabaseReachable = async () => true) {
  return createReceiver({ handle }, silentLog, isDatabaseReachable);
}

test('an update is acknowledged as soon as its content is safe, before the rest of its handling', async () => {
  const rest = Promise.withResolvers<void>();
  const { receive, waitUntilIdle } = receiver(async (_, committed) => {
    committed();
    await rest.promise;
  });
  expect(await receive(update)).toBe('handled');
  let isIdle = false;
  const idled = waitUntilIdle().then(() => {
    isIdle = true;
  });
  expect(isIdle).toBe(false);
  rest.resolve();
  await idled;
});

test('fault 7: while the database is away an update is refused, so that Telegram delivers it again', async () => {
  let isUp = false;
  const { receive } = receiver(
    async () => {
      if (!isUp) throw new Error('no connection');
    },
    async () => isUp,
  );
  for (let round = 0; round < 20; round += 1) expect(await receive(update)).toBe('later');
  isUp = true;
  expect(await receive(update)).toBe('handled');
});

test('an update that fails for a reason of its own is dropped after a few attempts, and holds up no other', async () => {
  const { receive } = receiver(() => Promise.reject(new Error('cannot be handled')));
  const became = [];
  for (let round = 0; round < 5; round += 1) became.push(await receive(update));
  expect(became).toEqual(['later', 'later', 'later', 'later', 'handled']);
});

test('a chosen way of updates is registered at Telegram; without a choice an existing webhook stays', async () => {
  const { playground } = await runPlayground();
  const config = (more: Record<string, string>) =>
    requireRole(
      loadConfig({
        BOT_TOKEN: token,
        TELEGRAM_API_ROOT: playground.apiRoot,
        DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
        LOG_LEVEL: 'silent',
        ...more,
      }),
    );
  const bot = {
    fetchUpdates: async (_offset: number, _seconds: number, signal: AbortSignal) => {
      await sleep(10_000, undefined, { signal }).catch(() => undefined);
      return [];
    },
  } as unknown as DabirBot;
  const overview = { ping: async () => undefined };
  const start = async (more: Record<string, string>) => {
    const chosen = config(more);
    const log = createLogger(chosen, 'bot');
    const periodic = createPeriodicWork(log);
    const updates = await receiveUpdates(bot, chosen, { overview, periodic, log, refused: () => undefined });
    onTestFinished(async () => {
      await Promise.all([periodic.stop(), updates.stop()]);
    });
    return updates;
  };
  const address = createWebhookAddress(token, playground.apiRoot);

  const { web, check } = await start({ UPDATES: 'webhook', PUBLIC_URL: 'https://dabir.example.org/' });
  expect(check).not.toThrow();
  expect(web).toMatchObject({ path: '/telegram', secret: webhookSecret(token, null) });
  expect((await address.show()).url).toBe('https://dabir.example.org/telegram');
  await expect(start({})).rejects.toThrow(/a webhook at dabir\.example\.org\. Set UPDATES=webhook/);
  await start({ UPDATES: 'polling' });
  expect((await address.show()).url).toBeNull();
  await start({});
});

test('the secret of a webhook is the operator’s own, or derived from the token, so that all processes agree', () => {
  expect(webhookSecret('1:a', 'my-own-secret-word')).toBe('my-own-secret-word');
  expect(webhookSecret('1:a', null)).toBe(webhookSecret('1:a', null));
  expect(webhookSecret('1:a', null)).not.toBe(webhookSecret('1:b', null));
  expect(webhookSecret('1:a', null)).toMatch(/^[\w-]{1,256}$/);
});
