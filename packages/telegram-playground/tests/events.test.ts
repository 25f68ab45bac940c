import { describe, expect, test } from 'vitest';
import { afterThisTest, emma, runBot, runPlayground, sara } from './running-playground.ts';

interface SeenEvent {
  readonly id: number;
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** Collects a person's events. */
async function listen(url: string, personId: number, lastEventId?: number) {
  const controller = new AbortController();
  afterThisTest(() => controller.abort());
  const response = await fetch(`${url}/playground/people/${personId}/events`, {
    signal: controller.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) },
  });
  const seen: SeenEvent[] = [];
  void (async () => {
    let buffer = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      buffer += chunk;
      const blocks = buffer.split('\n\n');
      buffer = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
        if (block.includes('data: ')) {
          seen.push({ id: Number(field('id')), name: field('event'), data: JSON.parse(field('data')) });
        }
      }
    }
  })().catch(() => undefined);
  return { seen, contentType: response.headers.get('content-type'), stop: () => controller.abort() };
}

const names = (seen: readonly SeenEvent[]) =>
  seen.map(({ name }) => name).filter((name) => name !== 'unread');

describe('the events of a chat', () => {
  test('the events of a chat report everything that happens, with rising ids', async () => {
    const { api, playground, person } = await runPlayground();
    const { seen, contentType } = await listen(playground.url, sara);
    expect(contentType).toBe('text/event-stream');
    const bot = runBot(playground);
    bot.on('callback_query', (context) => context.answerCallbackQuery('ok'));
    void bot.start();

    await api.sendChatAction(sara, 'typing');
    const { message_id } = await api.sendMessage(sara, 'menu', {
      reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] },
    });
    await person.presses(sara, message_id, 'b');
    await api.editMessageText(sara, message_id, 'edited');
    await api.setMessageReaction(sara, message_id, [{ type: 'emoji', emoji: '👍' }]);
    await api.deleteMessage(sara, message_id);
    await api.setMyCommands([{ command: 'help', description: 'Help' }]);
    await expect
      .poll(() => names(seen))
      .toEqual(['action', 'message', 'callback_answer', 'edit', 'reaction', 'delete', 'commands']);
    const ids = seen.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(seen.find(({ name }) => name === 'callback_answer')?.data).toEqual({
      message_id,
      text: 'ok',
      show_alert: false,
    });
  });

  test('the events of a chat are resumed after the last one that was seen', async () => {
    const { api, playground } = await runPlayground();
    const first = await listen(playground.url, sara);
    await api.sendMessage(sara, 'seen');
    await expect.poll(() => first.seen.length).toBe(2);
    first.stop();
    await api.sendMessage(sara, 'missed');
    await api.sendMessage(emma, 'not for Sara');
    const again = await listen(playground.url, sara, first.seen[1]?.id);
    await expect.poll(() => names(again.seen)).toEqual(['message']);
    expect(again.seen[0]?.data).toMatchObject({ text: 'missed' });
  });

  test('the events of a chat begin with a reset when the page has missed too much', async () => {
    const { playground } = await runPlayground();
    const stream = await listen(playground.url, sara, 12);
    await expect.poll(() => names(stream.seen)).toEqual(['reset']);
  });

  test('the events of a chat announce unread chats to everybody', async () => {
    const { api, playground, person } = await runPlayground();
    const { seen } = await listen(playground.url, sara);
    await api.sendMessage(emma, 'for Emma');
    await expect
      .poll(() => seen.at(-1)?.data)
      .toMatchObject({ id: emma, unread: 1, last_message: { text: 'for Emma' } });
    await person.messages(emma);
    await expect.poll(() => seen.at(-1)?.data).toMatchObject({ id: emma, unread: 0 });
  });
});
