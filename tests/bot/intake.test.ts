import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  afterThisTest,
  runPlayground,
  token,
} from '../../packages/telegram-playground/tests/running-playground.ts';
import type { DabirBot } from '../../src/bot/bot.ts';
import { checkWebhook, UpdateIntake } from '../../src/bot/intake.ts';
import { pollUpdates } from '../../src/bot/polling.ts';
import { createWebhookAddress } from '../../src/bot/webhook-address.ts';
import { silentLog } from '../../src/standalone/silent-log.ts';
import { until } from '../support/until.ts';

// Only Date and performance are faked: timers and servers run as usual.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTime(ms);
const answers = async () => true;

test('a polling bot is ready while Telegram answers, and not ready a minute after it stopped', async () => {
  let isUp = true;
  let polls = 0;
  const bot = {
    async fetchUpdates() {
      await sleep(5);
      polls += 1;
      if (!isUp) throw new Error('no route to host');
      return [];
    },
  } as unknown as DabirBot;
  const intake = new UpdateIntake();
  const leaving = new AbortController();
  const polled = pollUpdates(bot, leaving.signal, silentLog, answers, intake);
  afterThisTest(async () => {
    leaving.abort();
    await polled;
  });
  pass(300_000);
  await until(() => polls > 2);
  expect(() => intake.check()).not.toThrow();

  isUp = false;
  const before = polls;
  await until(() => polls > before + 1);
  pass(60_000);
  expect(() => intake.check()).not.toThrow();
  pass(1_000);
  expect(() => intake.check()).toThrow('no updates for 61 s');
});

test('a bot is not ready while one update hangs, even when other updates are handled', async () => {
  const intake = new UpdateIntake();
  const hung = Promise.withResolvers<void>();
  const handle = intake.watched((update: string) => (update === 'hangs' ? hung.promise : Promise.resolve()));
  const hanging = handle('hangs');
  await handle('is quick');
  pass(180_000);
  intake.recordResponse();
  expect(() => intake.check()).not.toThrow();
  pass(1_000);
  expect(() => intake.check()).toThrow('an update has been under way for 181 s');
  hung.resolve();
  await hanging;
  expect(() => intake.check()).not.toThrow();
});

test('a failed update is no longer under way', async () => {
  const intake = new UpdateIntake();
  await expect(intake.watched(() => Promise.reject(new Error('no')))()).rejects.toThrow('no');
  pass(200_000);
  intake.recordResponse();
  expect(() => intake.check()).not.toThrow();
});

test('a bot with a webhook is ready while Telegram delivers there, and not after another URL was set', async () => {
  const { api, playground } = await runPlayground();
  const address = createWebhookAddress(token, playground.apiRoot);
  const ours = 'https://dabir.example.org/telegram';
  const intake = new UpdateIntake();
  await api.setWebhook(ours);
  pass(300_000);
  await checkWebhook(address, ours, intake);
  expect(() => intake.check()).not.toThrow();

  await api.setWebhook('https://elsewhere.example.org/telegram');
  pass(61_000);
  await checkWebhook(address, ours, intake);
  expect(() => intake.check()).toThrow('no updates for 61 s');
  await api.setWebhook(ours);
  await playground.close();
  await expect(checkWebhook(address, ours, intake)).rejects.toThrow();
  expect(() => intake.check()).toThrow('no updates for 61 s');
});
