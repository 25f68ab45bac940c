import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Bot } from 'grammy';
import type { Message } from 'grammy/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BotContext } from '../../src/bot/context.ts';
import { unhandledFeature } from '../../src/bot/handlers/unhandled/unhandled.ts';

/** Texts that the bot sent, by a stand-in for Telegram: the playground sends no messages about pinned messages. */
const sent: string[] = [];
const telegram = createServer(async (request, response) => {
  sent.push(((await json(request)) as { text: string }).text);
  response.setHeader('content-type', 'application/json').end('{"ok":true,"result":{}}');
});
let bot: Bot<BotContext>;
beforeAll(async () => {
  await new Promise<void>((listens) => telegram.listen(0, '127.0.0.1', listens));
  const apiRoot = `http://127.0.0.1:${(telegram.address() as AddressInfo).port}`;
  bot = new Bot<BotContext>('1:token', { client: { apiRoot } });
  bot.botInfo = { id: 1, is_bot: true, first_name: 'Dabir', username: 'dabir_bot' } as typeof bot.botInfo;
  bot.use((ctx, next) => {
    ctx.say = (key) => key;
    return next();
  });
  bot.use(unhandledFeature.install({ menus: {} as never }));
});
afterAll(() => new Promise((closed) => telegram.close(closed)));

/** Returns what the bot answers to messages with these contents. */
async function answersTo(...contents: readonly object[]): Promise<string[]> {
  sent.splice(0);
  for (const [index, content] of contents.entries()) {
    const chat = { id: 5, type: 'private', first_name: 'Sara' };
    const from = { id: 5, is_bot: false, first_name: 'Sara' };
    const message = { message_id: index + 1, date: 1, chat, from, ...content } as unknown as Message;
    await bot.handleUpdate({ update_id: index + 1, message: message as never });
  }
  return sent.splice(0);
}

test('a message of Telegram about the chat gets no answer, and one of the user gets one', async () => {
  const pinned = { message_id: 1, date: 1, chat: { id: 5, type: 'private' } };
  expect(await answersTo({ pinned_message: pinned })).toEqual([]);
  expect(
    await answersTo({ message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } }),
  ).toEqual([]);
  expect(await answersTo({ text: 'hello' }, { sticker: {} }, { contact: {} }, { poll: {} })).toEqual(
    new Array(4).fill('send-me-audio'),
  );
});

test('the pictures of an album get one answer', async () => {
  const picture = { photo: [], media_group_id: 'a' };
  expect(await answersTo(picture, picture, picture, { ...picture, media_group_id: 'b' })).toEqual(
    new Array(2).fill('send-me-audio'),
  );
});
