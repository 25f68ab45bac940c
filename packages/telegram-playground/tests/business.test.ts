import type { Update } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { startPlayground } from '../src/playground.ts';
import {
  afterThisTest,
  emma,
  refusal,
  runPlayground,
  sara,
  temporaryFolder,
  token,
} from './running-playground.ts';

const omid = 100_000_002;
const day = 24 * 60 * 60;

/** Starts a playground in which Sara and Omid have a chat, and the bot is connected to Sara's account. */
async function withConnection(choice: object = {}) {
  const started = await runPlayground();
  const { person, api } = started;
  const { body: chat } = await person.request('POST', '/private-chats', { people: [sara, omid] });
  const { body: connection } = await person.request('PUT', `/people/${sara}/connection`, choice);
  const says = async (from: number, text: string, more: object = {}) =>
    (await person.request('POST', `/private-chats/${chat.id}/messages`, { from, text, ...more })).body;
  const history = async () =>
    (await person.request('GET', `/private-chats/${chat.id}/history`)).body.messages;
  /** Takes the waiting updates. */
  const updates = async (): Promise<Update[]> => {
    const taken = await api.getUpdates();
    await api.getUpdates({ offset: (taken.at(-1)?.update_id ?? -1) + 1, limit: 1, timeout: 0 });
    return taken;
  };
  return { ...started, chat, connection, says, history, updates };
}

describe('a connected account', () => {
  test('a connection, its change and its end reach the bot', async () => {
    const { person, connection, updates, api } = await withConnection();
    await person.request('PUT', `/people/${sara}/connection`, { can_reply: false });
    await person.request('DELETE', `/people/${sara}/connection`);
    const seen = (await updates()).flatMap(({ business_connection }) => business_connection ?? []);
    const common = { id: connection.id, user: { id: sara }, user_chat_id: sara };
    expect(seen).toMatchObject([
      { ...common, is_enabled: true, rights: { can_reply: true } },
      { ...common, is_enabled: true, rights: {} },
      { ...common, is_enabled: false },
    ]);
    expect(await api.getBusinessConnection(connection.id)).toMatchObject({ is_enabled: false });
  });

  test('messages of both people reach the bot from the side of the account, with their edits and deletions', async () => {
    const { connection, says, updates, person, chat } = await withConnection();
    await updates();
    const first = await says(omid, 'سلام');
    await says(sara, 'hello', { reply_to_message_id: first.message_id });
    await person.request('PATCH', `/private-chats/${chat.id}/messages/${first.message_id}`, {
      from: omid,
      text: 'سلام!',
    });
    await person.request('DELETE', `/private-chats/${chat.id}/messages/${first.message_id}?from=${omid}`);
    const seen = await updates();
    const common = { business_connection_id: connection.id, chat: { id: omid, type: 'private' } };
    expect(seen).toMatchObject([
      { business_message: { ...common, from: { id: omid }, text: 'سلام' } },
      {
        business_message: {
          ...common,
          from: { id: sara },
          reply_to_message: { message_id: first.message_id, chat: { id: omid } },
        },
      },
      { edited_business_message: { ...common, text: 'سلام!' } },
      { deleted_business_messages: { ...common, message_ids: [first.message_id] } },
    ]);
    expect(seen.some(({ message }) => message !== undefined)).toBe(false);
  });

  test('an account shows the bot only the chosen chats', async () => {
    const { person, says, updates } = await withConnection({ chats: 'except', people: [omid] });
    await says(omid, 'not for the bot');
    const { body: other } = await person.request('POST', '/private-chats', { people: [emma, sara] });
    await person.request('POST', `/private-chats/${other.id}/messages`, { from: emma, text: 'for it' });
    await person.request('PUT', `/people/${sara}/connection`, { chats: 'only', people: [omid] });
    await says(omid, 'now');
    await person.request('POST', `/private-chats/${other.id}/messages`, { from: emma, text: 'no longer' });
    const texts = (await updates()).flatMap(({ business_message }) => business_message?.text ?? []);
    expect(texts).toEqual(['for it', 'now']);
  });

  test('a message over a connection is the owner’s, in the chat with the friend and nowhere else', async () => {
    const { api, connection, says, history, updates, person } = await withConnection();
    const asked = await says(omid, 'coming?');
    await updates();
    const sent = await api.sendMessage(omid, 'in ten minutes', {
      business_connection_id: connection.id,
      reply_parameters: { message_id: asked.message_id },
    });
    expect(sent).toMatchObject({
      from: { id: sara, is_bot: false },
      chat: { id: omid },
      business_connection_id: connection.id,
      sender_business_bot: { username: 'dabir_bot' },
      reply_to_message: { message_id: asked.message_id },
    });
    expect(await history()).toMatchObject([
      { text: 'coming?' },
      { text: 'in ten minutes', from: { id: sara }, sender_business_bot: { is_bot: true } },
    ]);
    await api.editMessageText(omid, sent.message_id, 'in five minutes', {
      business_connection_id: connection.id,
    });
    expect((await history()).at(-1)).toMatchObject({ text: 'in five minutes' });
    expect([await person.messages(omid), await person.messages(sara)]).toEqual([[], []]);
    expect(await updates()).toEqual([]);
  });

  test('a message over a connection reaches the bot over the connection of the friend', async () => {
    const { api, connection, says, updates, person } = await withConnection();
    const { body: friends } = await person.request('PUT', `/people/${omid}/connection`, {});
    await says(omid, 'hi');
    await updates();
    await api.sendMessage(omid, 'hello', { business_connection_id: connection.id });
    expect(await updates()).toMatchObject([
      { business_message: { business_connection_id: friends.id, chat: { id: sara }, text: 'hello' } },
    ]);
  });

  test('calls over a connection are refused in Telegram’s words', async () => {
    const { api, connection, says, person } = await withConnection();
    const sends = (chatId: number, id: string = connection.id) =>
      refusal(api.sendMessage(chatId, 'x', { business_connection_id: id }));
    expect(await sends(omid, 'unknown')).toBe('Bad Request: BUSINESS_CONNECTION_INVALID');
    expect(await refusal(api.getBusinessConnection('unknown'))).toBe(
      'Bad Request: BUSINESS_CONNECTION_INVALID',
    );
    expect(await sends(emma)).toBe('Bad Request: BUSINESS_PEER_INVALID');
    expect(await sends(sara)).toBe('Bad Request: messages must not be sent to self');
    expect(await sends(omid)).toBe('Bad Request: BUSINESS_PEER_USAGE_MISSING');
    await says(omid, 'long ago', { age: day + 60 });
    await says(sara, 'just now');
    expect(await sends(omid)).toBe('Bad Request: BUSINESS_PEER_USAGE_MISSING');
    await says(omid, 'nearly a day ago', { age: day - 60 });
    expect(await sends(omid)).toBe('not refused');
    await person.request('PUT', `/people/${sara}/connection`, { can_reply: false });
    expect(await sends(omid)).toBe('Forbidden: BOT_ACCESS_FORBIDDEN');
    await person.request('DELETE', `/people/${sara}/connection`);
    expect(await sends(omid)).toBe('Bad Request: BUSINESS_CONNECTION_INVALID');
    expect(
      await refusal(api.setMessageReaction(omid, 1, [], { business_connection_id: connection.id } as never)),
    ).toBe('Bad Request: BUSINESS_CONNECTION_NOT_ALLOWED');
  });

  test('people write only into their own private chats', async () => {
    const { person, chat, says } = await withConnection();
    expect(await says(emma, 'let me in')).toEqual({ error: 'This is the chat of two other people.' });
    const again = await person.request('POST', '/private-chats', { people: [omid, sara] });
    expect(again.body.id).toBe(chat.id);
    expect((await person.request('POST', '/private-chats', { people: [sara, sara] })).status).toBe(400);
    const forwarded = await person.request('POST', `/private-chats/${chat.id}/forwards`, {
      from: sara,
      message_id: (await says(omid, 'twice')).message_id,
    });
    expect(forwarded.body).toMatchObject({ text: 'twice', forward_origin: { sender_user: { id: omid } } });
  });

  test('connections and private chats survive a restart', async () => {
    const { folder, playground, connection, chat, says } = await withConnection();
    await says(omid, 'remember');
    await playground.close();
    const { api, person } = await runPlayground(folder);
    expect(await api.getBusinessConnection(connection.id)).toMatchObject({ is_enabled: true });
    const { body } = await person.request('GET', '/private-chats');
    expect(body).toMatchObject([{ id: chat.id, people: [sara, omid], last_message: { text: 'remember' } }]);
  });

  test('a server whose bot takes no connections says so and refuses them', async () => {
    const playground = await startPlayground({
      dataDir: await temporaryFolder(),
      host: '127.0.0.1',
      port: 0,
      token,
      connectsToBusiness: false,
    });
    afterThisTest(() => playground.close());
    const me = await (await fetch(`${playground.apiRoot}/bot${token}/getMe`)).json();
    expect(me).toMatchObject({ result: { can_connect_to_business: false } });
    const response = await fetch(`${playground.url}/playground/people/${sara}/connection`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });
});
