import { InputFile, InputMediaBuilder } from 'grammy';
import type { Update } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { emma, refusal, runPlayground, sara } from './running-playground.ts';

const inlineKeyboard = (...labels: string[]) => ({
  reply_markup: { inline_keyboard: [labels.map((text) => ({ text, callback_data: text }))] },
});
const file = (name: string) => InputMediaBuilder.document(new InputFile(Buffer.from(name), name));
const messagesOf = (updates: readonly Update[]) => updates.flatMap(({ message }) => message ?? []);

describe('the counts of a chat', () => {
  test('the counts of a chat tell its messages, albums, buttons, sounds and the bot’s calls by method', async () => {
    const { api, person, playground } = await runPlayground();
    await person.says(sara, 'a voice, say');
    const { message_id } = await api.sendMessage(sara, 'waiting', inlineKeyboard('stop'));
    await api.editMessageText(sara, message_id, 'half', inlineKeyboard('stop'));
    await api.editMessageText(sara, message_id, 'done', inlineKeyboard('copy', 'more'));
    await api.sendMediaGroup(sara, [file('a.txt'), file('a.pdf')], { disable_notification: true });
    await api.sendMessage(emma, 'another chat');
    const counts = playground.counts(sara);
    expect(counts).toEqual({
      messages: 4,
      botMessages: 3,
      botAlbums: 1,
      buttons: 2,
      sounds: 1,
      calls: { sendMessage: 1, editMessageText: 2, sendMediaGroup: 1 },
    });
    expect((await person.request('GET', `/counts/${sara}`)).body).toEqual(counts);
  });

  test('the counts of a chat have one sound for an album, none for a silent message, and keep those of deleted ones', async () => {
    const { api, playground } = await runPlayground();
    await api.sendMediaGroup(sara, [file('a.txt'), file('b.txt')]);
    const { message_id } = await api.sendMessage(sara, 'loud');
    await api.sendMessage(sara, 'quiet', { disable_notification: true });
    await api.deleteMessage(sara, message_id);
    expect(playground.counts(sara)).toMatchObject({ sounds: 2, botMessages: 3 });
  });

  test('the counts of a chat include the answer to a press in it, and refused calls', async () => {
    const { api, person, playground } = await runPlayground();
    const { message_id } = await api.sendMessage(sara, 'x', inlineKeyboard('b'));
    const pressed = person.presses(sara, message_id, 'b');
    const [update] = await api.getUpdates({ timeout: 10 });
    await api.answerCallbackQuery(update?.callback_query?.id ?? '');
    await pressed;
    await refusal(api.sendMessage(sara, ''));
    expect(playground.counts(sara).calls).toEqual({ sendMessage: 2, answerCallbackQuery: 1 });
    expect(playground.counts(emma)).toMatchObject({ messages: 0, sounds: 0, calls: {} });
  });
});

test('a message with disable_notification is marked as silent for people, and not for the bot', async () => {
  const { api, person } = await runPlayground();
  const sent = await api.sendMessage(sara, 'quiet', { disable_notification: true });
  await api.sendMessage(sara, 'loud');
  expect(sent).not.toHaveProperty('silent');
  const shown = await person.messages(sara);
  expect(shown.map((message) => 'silent' in message)).toEqual([true, false]);
});

describe('pinned messages', () => {
  test('pinned messages of a person reach the bot as service messages, and people see them in the order of sending', async () => {
    const { api, person, folder, playground } = await runPlayground();
    const first = await person.says(sara, 'first');
    const second = await api.sendMessage(sara, 'second');
    const pin = (id: number, pinned: boolean) =>
      person.request('PUT', `/people/${sara}/messages/${id}/pin`, { pinned });
    expect((await pin(second.message_id, true)).status).toBe(204);
    await pin(first.message_id, true);
    const [, ...services] = messagesOf(await api.getUpdates());
    expect(services).toMatchObject([
      { from: { id: sara }, pinned_message: { text: 'second' } },
      { from: { id: sara }, pinned_message: { text: 'first' } },
    ]);
    const pinned = async () =>
      (await person.request('GET', `/people/${sara}/messages`)).body.pinned.map(
        ({ text }: { text: string }) => text,
      );
    expect(await pinned()).toEqual(['first', 'second']);
    expect(await api.getChat(sara)).toMatchObject({ pinned_message: { text: 'second' } });
    await api.deleteMessage(sara, second.message_id);
    expect(await pinned()).toEqual(['first']);
    expect((await pin(services[0]?.message_id ?? 0, true)).status).toBe(400);

    await playground.close();
    const again = await runPlayground(folder);
    expect(await again.api.getChat(sara)).toMatchObject({ pinned_message: { text: 'first' } });
    await again.person.request('PUT', `/people/${sara}/messages/${first.message_id}/pin`, { pinned: false });
    expect(await again.api.getChat(sara)).not.toHaveProperty('pinned_message');
  });

  test('pinned messages of the bot make no sound in a private chat, and are refused as Telegram refuses them', async () => {
    const { api, playground } = await runPlayground();
    const { message_id } = await api.sendMessage(sara, 'x', { disable_notification: true });
    await api.pinChatMessage(sara, message_id);
    const [service] = messagesOf(await api.getUpdates());
    expect(service).toMatchObject({ from: { is_bot: true }, pinned_message: { message_id } });
    expect(playground.counts(sara).sounds).toBe(0);
    expect(await refusal(api.pinChatMessage(sara, 99))).toBe('Bad Request: message to pin not found');
    expect(await refusal(api.pinChatMessage(sara, service?.message_id ?? 0))).toBe(
      "Bad Request: message can't be pinned",
    );
    expect(await refusal(api.editMessageText(sara, service?.message_id ?? 0, 'x'))).toBe(
      "Bad Request: message can't be edited",
    );
    await api.unpinChatMessage(sara);
    expect(await refusal(api.unpinChatMessage(sara))).toBe('Bad Request: message to unpin not found');
    await api.unpinAllChatMessages(sara);
  });
});

describe('the profile of a bot', () => {
  test('the profile of a bot has a name and descriptions by language, which people see', async () => {
    const { api, person } = await runPlayground();
    await api.setMyDescription('Speak, and read it.');
    await api.setMyDescription('بگویید و بخوانید.', { language_code: 'fa' });
    await api.setMyName('دبیر', { language_code: 'fa' });
    await api.setMyShortDescription('Notes');
    expect(await api.getMyDescription({ language_code: 'fa' })).toEqual({ description: 'بگویید و بخوانید.' });
    expect(await api.getMyName()).toEqual({ name: 'Dabir' });
    expect(await api.getMyShortDescription()).toEqual({ short_description: 'Notes' });
    const seen = async (language: string) => (await person.request('GET', `/bot?language=${language}`)).body;
    expect(await seen('fa-IR')).toMatchObject({ first_name: 'دبیر', description: 'بگویید و بخوانید.' });
    expect(await seen('de')).toMatchObject({ first_name: 'Dabir', description: 'Speak, and read it.' });
    await api.setMyDescription('', { language_code: 'fa' });
    expect((await seen('fa')).description).toBe('Speak, and read it.');
  });

  test('the profile of a bot refuses texts over Telegram’s lengths', async () => {
    const { api } = await runPlayground();
    expect(await refusal(api.setMyDescription('x'.repeat(513)))).toContain('DESCRIPTION_TOO_LONG');
    expect(await refusal(api.setMyShortDescription('x'.repeat(121)))).toContain('ABOUT_TOO_LONG');
    expect(await refusal(api.setMyName('x'.repeat(65)))).toContain('BOT_TITLE_INVALID');
    expect(await refusal(api.setMyName('x', { language_code: 'farsi' as 'fa' }))).toBe(
      'Bad Request: invalid language code specified',
    );
  });
});

test('a draft of a message leaves no message, and is refused in groups and without a number', async () => {
  const { api, person, playground } = await runPlayground();
  await api.sendMessageDraft(sara, 7, 'so far');
  expect(await person.messages(sara)).toEqual([]);
  expect(playground.counts(sara)).toMatchObject({ sounds: 0, calls: { sendMessageDraft: 1 } });
  const founded = await person.request('POST', '/groups', { title: 'Friends', creator: sara });
  await person.request('PATCH', `/groups/${founded.body.id}`, { by: sara, bot: 'member' });
  expect(await refusal(api.sendMessageDraft(founded.body.id, 7, 'x'))).toBe(
    'Bad Request: TEXTDRAFT_PEER_INVALID',
  );
  expect(await refusal(api.sendMessageDraft(sara, 0, 'x'))).toBe('Bad Request: RANDOM_ID_INVALID');
});

describe('what a person can send', () => {
  test('a person can forward a message with its author, a hidden author or a channel as its origin', async () => {
    const { api, person } = await runPlayground();
    const { message_id } = await person.says(emma, 'from Emma');
    const forward = async (more: object) =>
      (await person.request('POST', `/people/${sara}/forwards`, { message_id, chat_id: emma, ...more })).body;
    await forward({});
    await forward({ origin: 'hidden_user' });
    const channel = await forward({ origin: 'channel' });
    // A second forward keeps the first origin.
    await person.request('POST', `/people/${sara}/forwards`, { message_id: channel.message_id });
    const [, ...forwarded] = messagesOf(await api.getUpdates());
    expect(forwarded.map(({ text }) => text)).toEqual(Array(4).fill('from Emma'));
    expect(forwarded.map(({ forward_origin }) => forward_origin)).toMatchObject([
      { type: 'user', sender_user: { id: emma } },
      { type: 'hidden_user', sender_user_name: 'Emma' },
      { type: 'channel', chat: { type: 'channel' }, message_id },
      { type: 'channel', chat: { type: 'channel' }, message_id },
    ]);
  });

  test('a person can send photos, stickers, contacts, locations and polls, each in its field of the message', async () => {
    const { api, person } = await runPlayground();
    const bytes = new Uint8Array(4);
    await person.sends(sara, bytes, { kind: 'photo', width: '640', height: '480', caption: 'look' });
    await person.sends(sara, bytes, { kind: 'sticker', emoji: '🐢' });
    const attach = (attachment: object) =>
      person.request('POST', `/people/${sara}/attachments`, { attachment });
    await attach({ kind: 'contact', user_id: emma });
    await attach({ kind: 'location', latitude: 35.6997, longitude: 51.338 });
    await attach({ kind: 'poll', question: 'Tea?', options: ['Yes', 'No'] });
    const [photo, sticker, contact, location, poll] = messagesOf(await api.getUpdates());
    expect(photo).toMatchObject({ photo: [{ width: 640, height: 480, file_size: 4 }], caption: 'look' });
    expect(sticker?.sticker).toMatchObject({ type: 'regular', emoji: '🐢', is_animated: false, width: 512 });
    expect(contact?.contact).toMatchObject({ first_name: 'Emma', user_id: emma });
    expect(location?.location).toEqual({ latitude: 35.6997, longitude: 51.338 });
    expect(poll?.poll).toMatchObject({ question: 'Tea?', options: [{ text: 'Yes' }, { text: 'No' }] });
    expect((await attach({ kind: 'poll', question: 'Tea?', options: [] })).status).toBe(400);
    expect((await attach({ kind: 'location', latitude: 91, longitude: 0 })).status).toBe(400);
    expect((await attach({ kind: 'contact', user_id: 5 })).status).toBe(404);
  });
});

describe('people in a group', () => {
  /** Starts a playground with a group of Sara and Emma. */
  async function withGroup(bot: 'member' | 'administrator' = 'member') {
    const running = await runPlayground();
    const { person } = running;
    const about = { title: 'Friends', creator: sara, members: [emma], is_forum: true };
    const { id } = (await person.request('POST', '/groups', about)).body as { id: number };
    await person.request('PATCH', `/groups/${id}`, { by: sara, bot });
    const says = async (from: number, text: string) =>
      (await person.request('POST', `/groups/${id}/messages`, { from, text })).body;
    return { ...running, id, says };
  }

  test('people in a group edit and delete their own messages, and the bot gets an edit that it may see', async () => {
    const { api, person, id, says } = await withGroup();
    const command = await says(emma, '/help');
    const talk = await says(emma, 'just talking');
    await api.getUpdates({ offset: -1 });
    const route = (message: { message_id: number }) => `/groups/${id}/messages/${message.message_id}`;
    expect((await person.request('PATCH', route(command), { from: sara, text: 'x' })).status).toBe(403);
    await person.request('PATCH', route(talk), { from: emma, text: 'still talking' });
    await person.request('PATCH', route(command), { from: emma, text: '/start' });
    const edits = (await api.getUpdates()).flatMap(({ edited_message }) => edited_message ?? []);
    expect(edits.map(({ text }) => text)).toEqual(['/start']);

    const foreign = await says(sara, 'hers');
    const remove = (message: { message_id: number }, from: number) =>
      person.request('DELETE', `${route(message)}?from=${from}`);
    expect((await remove(foreign, emma)).status).toBe(403);
    expect((await remove(talk, emma)).status).toBe(204);
    expect((await remove(command, sara)).status).toBe(204);
    const { body } = await person.request('GET', `/groups/${id}/history?limit=1`);
    expect([body.messages.map(({ text }: { text: string }) => text), body.more]).toEqual([['hers'], true]);
  });

  test('people in a group pin as administrators only, as does the bot, with a sound unless it is silent', async () => {
    const { api, person, playground, id, says } = await withGroup();
    const { message_id } = await says(emma, '/help');
    const pin = (from: number) =>
      person.request('PUT', `/groups/${id}/messages/${message_id}/pin`, { from, pinned: true });
    expect([(await pin(emma)).status, (await pin(sara)).status]).toEqual([403, 204]);
    expect(messagesOf(await api.getUpdates()).at(-1)?.pinned_message).toMatchObject({ message_id });
    expect(await refusal(api.pinChatMessage(id, message_id))).toBe(
      'Bad Request: not enough rights to manage pinned messages in the chat',
    );
    await person.request('PATCH', `/groups/${id}`, { by: sara, bot: 'administrator' });
    await api.pinChatMessage(id, message_id, { disable_notification: true });
    await api.pinChatMessage(id, message_id);
    expect(playground.counts(id).sounds).toBe(1);
  });

  test('people in a group are listed with it, and choose inline results into it and its topics', async () => {
    const { api, person, id } = await withGroup();
    const topic = (await person.request('POST', `/groups/${id}/topics`, { by: sara, name: 'Music' })).body;
    const [listed] = (await person.request('GET', '/groups')).body;
    expect(listed).toMatchObject({ id, title: 'Friends', members: { [sara]: 'creator' }, topics: [topic] });
    const { update_id = 0 } = (await api.getUpdates()).at(-1) ?? {};
    const asked = person.request('POST', `/people/${emma}/inline`, { query: 'tea', chat_id: id });
    const [update] = await api.getUpdates({ offset: update_id + 1, timeout: 10 });
    expect(update?.inline_query).toMatchObject({ query: 'tea', chat_type: 'supergroup', from: { id: emma } });
    await api.answerInlineQuery(update?.inline_query?.id ?? '', [
      { type: 'article', id: 'a', title: 'Tea', input_message_content: { message_text: 'Tea it is' } },
    ]);
    const choice = { query_id: (await asked).body.query_id, result_id: 'a', chat_id: id };
    const chosen = await person.request('POST', `/people/${emma}/inline/choices`, {
      ...choice,
      message_thread_id: topic.id,
    });
    expect(chosen.body).toMatchObject({
      chat: { id },
      from: { id: emma },
      text: 'Tea it is',
      message_thread_id: topic.id,
      via_bot: { is_bot: true },
    });
  });
});
