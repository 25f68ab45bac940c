import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { afterThisTest, emma, refusal, runPlayground, sara } from './running-playground.ts';

const texts = (updates: readonly Update[]) => updates.map((update) => update.message?.text);

describe('getUpdates', () => {
  test('getUpdates repeats updates until a higher offset confirms them', async () => {
    const { api, person } = await runPlayground();
    for (const text of ['one', 'two', 'three']) await person.says(sara, text);
    const first = await api.getUpdates();
    expect(texts(first)).toEqual(['one', 'two', 'three']);
    expect(texts(await api.getUpdates({ limit: 1 }))).toEqual(['one']);
    const offset = (first[1]?.update_id ?? 0) + 1;
    expect(texts(await api.getUpdates({ offset }))).toEqual(['three']);
    // A confirmed update does not come back.
    expect(texts(await api.getUpdates())).toEqual(['three']);
  });

  test('getUpdates counts a negative offset from the end and drops the rest', async () => {
    const { api, person } = await runPlayground();
    for (const text of ['one', 'two', 'three']) await person.says(sara, text);
    expect(texts(await api.getUpdates({ offset: -1 }))).toEqual(['three']);
    expect(texts(await api.getUpdates())).toEqual(['three']);
  });

  test('getUpdates waits for an update', async () => {
    const { api, person } = await runPlayground();
    const waiting = api.getUpdates({ timeout: 30 });
    await person.says(sara, 'here');
    expect(texts(await waiting)).toEqual(['here']);
  });

  test('getUpdates returns only the requested kinds, until another list is given', async () => {
    const { api, person } = await runPlayground();
    await api.getUpdates({ allowed_updates: ['my_chat_member'] });
    await person.says(sara, 'unheard');
    await person.request('PATCH', `/people/${sara}`, { blocked: true });
    const updates = await api.getUpdates();
    expect(updates.map((update) => Object.keys(update)[1])).toEqual(['my_chat_member']);
  });

  test('getUpdates ends the first of two pollers', async () => {
    const { api, playground } = await runPlayground();
    const first = refusal(api.getUpdates({ timeout: 30 }));
    await expect.poll(() => playground.calls().length).toBe(1);
    const second = api.getUpdates({ timeout: 1 });
    expect(await first).toBe(
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    expect(await second).toEqual([]);
  });

  test('getUpdates tells the bot of edited messages', async () => {
    const { api, person } = await runPlayground();
    const { message_id } = await person.says(sara, 'teh text');
    await person.request('PATCH', `/people/${sara}/messages/${message_id}`, { text: 'the text' });
    const [, edited] = await api.getUpdates();
    expect(edited?.edited_message).toMatchObject({
      message_id,
      text: 'the text',
      edit_date: expect.any(Number),
    });
  });
});

describe('a webhook', () => {
  /** Starts a bot's server; `answer` returns the status of each delivery. */
  async function runReceiver(answer: (update: Update, attempt: number) => { status: number; body?: string }) {
    const received: { readonly headers: IncomingHttpHeaders; readonly update: Update }[] = [];
    const server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const update = JSON.parse(Buffer.concat(chunks).toString()) as Update;
      received.push({ headers: incoming.headers, update });
      const { status, body } = answer(update, received.length);
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterThisTest(() => {
      server.closeAllConnections();
      server.close();
    });
    return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
  }

  test('a webhook gets updates with its secret, in order, and again after a failure', async () => {
    const { api, person } = await runPlayground();
    const { received, url } = await runReceiver((_update, attempt) => ({
      status: attempt === 1 ? 500 : 200,
    }));
    await person.says(sara, 'before');
    await api.setWebhook(url, { secret_token: 'top_secret-1' });
    await person.says(sara, 'after');
    await expect.poll(() => received.length).toBe(3);
    expect(texts(received.map(({ update }) => update))).toEqual(['before', 'before', 'after']);
    expect(received[0]?.headers['x-telegram-bot-api-secret-token']).toBe('top_secret-1');
    await expect.poll(async () => (await api.getWebhookInfo()).pending_update_count).toBe(0);
    expect(await api.getWebhookInfo()).toMatchObject({
      url,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
  });

  test('a webhook holds up only the chat whose update failed', async () => {
    const { api, person } = await runPlayground();
    const { received, url } = await runReceiver((update) => ({
      status: update.message?.from?.id === sara ? 503 : 200,
    }));
    await api.setWebhook(url);
    await person.says(sara, 'stuck');
    await person.says(emma, 'fine');
    await expect.poll(() => received.some(({ update }) => update.message?.text === 'fine')).toBe(true);
    await expect.poll(async () => (await api.getWebhookInfo()).pending_update_count).toBe(1);
  });

  test('a webhook may answer with a method call', async () => {
    const { api, person } = await runPlayground();
    const { url } = await runReceiver((update) => ({
      status: 200,
      body: JSON.stringify({ method: 'sendMessage', chat_id: update.message?.chat.id, text: 'pong' }),
    }));
    await api.setWebhook(url);
    await person.says(sara, 'ping');
    await expect
      .poll(async () => (await person.messages(sara)).map((message) => message.text))
      .toEqual(['ping', 'pong']);
  });

  test('a webhook excludes getUpdates while it is set', async () => {
    const { api } = await runPlayground();
    const polling = refusal(api.getUpdates({ timeout: 30 }));
    const { url } = await runReceiver(() => ({ status: 200 }));
    await api.getMe();
    await api.setWebhook(url);
    expect(await polling).toContain('Conflict: ');
    expect(await refusal(api.getUpdates())).toBe(
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    await api.deleteWebhook({ drop_pending_updates: true });
    expect(await api.getUpdates()).toEqual([]);
  });

  test('a webhook has to be HTTPS unless it is on this machine', async () => {
    const { api } = await runPlayground();
    expect(await refusal(api.setWebhook('http://example.org/hook'))).toBe(
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    );
    expect(await refusal(api.setWebhook('https://example.org/hook', { secret_token: 'a b' }))).toBe(
      'Bad Request: secret token contains unallowed characters',
    );
  });
});
