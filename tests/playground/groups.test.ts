import { GrammyError } from 'grammy';
import { describe, expect, test } from 'vitest';
import {
  afterThisTest,
  refusal,
  runPlayground,
} from '../../packages/telegram-playground/tests/running-playground.ts';
import { Group } from '../support/group.ts';
import { Person } from '../support/person.ts';

/** Starts a playground with two people in a group. */
async function withGroup(about: Parameters<typeof Group.found>[3] = {}) {
  const { playground, api } = await runPlayground();
  const sara = await Person.join(playground.url, 'سارا', 'fa');
  const omid = await Person.join(playground.url, 'امید', 'fa');
  for (const person of [sara, omid]) afterThisTest(() => person.leave());
  const group = await Group.found(playground.url, sara, [omid], about);
  return { playground, api, sara, omid, group };
}

describe('a bot in a group', () => {
  test('a bot in a group in privacy mode gets commands, mentions and replies to it, and nothing else', async () => {
    const { api, sara, omid, group } = await withGroup();
    await api.getUpdates({ timeout: 0 });
    const note = await group.voice(sara);
    await group.says(omid, 'just talking');
    await group.says(omid, '/transcribe', { replyTo: note });
    await group.says(omid, '/transcribe@other_bot', { replyTo: note });
    await group.says(omid, 'what does he say, @dabir_bot?', { replyTo: note });
    const hello = await api.sendMessage(group.id, 'hello');
    await group.says(sara, 'thanks', { replyTo: hello.message_id });

    const seen = (await api.getUpdates({ timeout: 0 })).flatMap(({ message }) => message ?? []);
    expect(seen.map(({ text }) => text)).toEqual([
      undefined,
      '/transcribe',
      'what does he say, @dabir_bot?',
      'thanks',
    ]);
    expect(seen[0]).toMatchObject({ new_chat_members: [{ username: 'dabir_bot' }] });
    expect(seen[1]?.reply_to_message).toMatchObject({ message_id: note, voice: { duration: 1 } });
  });

  test('a bot in a group as an administrator gets everything except what other bots send', async () => {
    const { api, sara, group } = await withGroup({ bot: 'administrator' });
    await group.voice(sara);
    await group.says(sara, 'beep', { as: 'bot' });
    const seen = (await api.getUpdates({ timeout: 0 })).flatMap(({ message }) => message ?? []);
    expect(seen.map(({ voice }) => voice !== undefined)).toEqual([false, true]);
  });

  test('a bot in a group gets the sender of messages in the name of the group, of a channel, and of the linked channel', async () => {
    const { api, sara, omid, group } = await withGroup({ bot: 'administrator' });
    await group.voice(sara, { as: 'anonymous' });
    await group.voice(sara, { as: 'channel' });
    await group.voice(sara, { as: 'channel-post' });
    await expect(group.voice(omid, { as: 'anonymous' })).rejects.toThrow('Only administrators');
    const updates = await api.getUpdates({ timeout: 0 });
    const [, anonymous, channel, post] = updates.flatMap(({ message }) => message ?? []);
    expect(anonymous).toMatchObject({ from: { id: 1_087_968_824 }, sender_chat: { id: group.id } });
    expect(channel).toMatchObject({ from: { username: 'Channel_Bot' }, sender_chat: { type: 'channel' } });
    expect(post).toMatchObject({ from: { id: 777_000 }, is_automatic_forward: true });
  });

  test('a bot in a group is told when it is added and removed', async () => {
    const { api, sara, group } = await withGroup();
    await group.bot('kicked');
    const changes = (await api.getUpdates({ timeout: 0 })).flatMap(
      ({ my_chat_member }) => my_chat_member ?? [],
    );
    expect(changes.map(({ new_chat_member }) => new_chat_member.status)).toEqual(['member', 'kicked']);
    expect(changes[0]).toMatchObject({ from: { id: sara.id }, chat: { id: group.id, type: 'supergroup' } });
  });
});

describe('the permissions of a bot in a group', () => {
  test('the permissions of a bot in a group include reading who is in the group, and who its administrators are', async () => {
    const { api, sara, omid, group } = await withGroup();
    expect(await api.getChatMember(group.id, sara.id)).toMatchObject({ status: 'creator' });
    expect(await api.getChatMember(group.id, omid.id)).toMatchObject({ status: 'member' });
    await group.member(omid, 'administrator');
    const administrators = await api.getChatAdministrators(group.id);
    expect(administrators.map(({ user }) => user.id).sort()).toEqual([sara.id, omid.id].sort());
    await group.member(omid, 'left');
    expect(await api.getChatMember(group.id, omid.id)).toMatchObject({ status: 'left' });
    await expect(group.says(omid, 'hello?')).rejects.toThrow('not in this group');
  });

  test('the permissions of a bot in a group follow topics: answers stay in theirs; a closed one is for administrators, a deleted one for nobody', async () => {
    const { api, sara, group } = await withGroup({ isForum: true });
    const topic = await group.topic('موسیقی');
    const note = await group.voice(sara, { topic });
    const answer = await api.sendMessage(group.id, 'here', { reply_parameters: { message_id: note } });
    expect(answer).toMatchObject({ message_thread_id: topic, is_topic_message: true });
    const say = () => api.sendMessage(group.id, 'here', { message_thread_id: topic });
    await group.setTopic(topic, 'closed');
    expect(await refusal(say())).toBe('Bad Request: TOPIC_CLOSED');
    await group.bot('administrator');
    await say();
    await group.setTopic(topic, 'deleted');
    expect(await refusal(say())).toBe('Bad Request: message thread not found');
    expect(await group.answers(note)).toEqual([]);
  });

  test('the permissions of a bot in a group end when it is muted or kicked, with Telegram’s own words', async () => {
    const { api, group } = await withGroup();
    await group.bot('muted');
    expect(await refusal(api.sendMessage(group.id, 'x'))).toBe(
      'Bad Request: not enough rights to send text messages to the chat',
    );
    await group.bot('kicked');
    expect(await refusal(api.sendMessage(group.id, 'x'))).toBe(
      'Forbidden: bot was kicked from the supergroup chat',
    );
  });

  test('the permissions of a bot in a group move with a group that becomes a supergroup: the old id names the new one, and both report it', async () => {
    const { api, group } = await withGroup({ type: 'group' });
    const old = group.id;
    await group.migrates();
    const refused = await api.sendMessage(old, 'x').catch((error) => error);
    expect(refused).toBeInstanceOf(GrammyError);
    expect(refused.parameters).toEqual({ migrate_to_chat_id: group.id });
    await api.sendMessage(group.id, 'x');
    const seen = (await api.getUpdates({ timeout: 0 })).flatMap(({ message }) => message ?? []);
    expect(seen.slice(1)).toMatchObject([
      { chat: { id: old }, migrate_to_chat_id: group.id },
      { chat: { id: group.id, type: 'supergroup' }, migrate_from_chat_id: old },
    ]);
  });

  test('the permissions of a bot in a group include deleting others’ messages for administrators only', async () => {
    const { api, sara, group } = await withGroup();
    const note = await group.says(sara, 'hello');
    expect(await refusal(api.deleteMessage(group.id, note))).toBe("Bad Request: message can't be deleted");
    await group.bot('administrator');
    await api.deleteMessage(group.id, note);
  });
});

test('a press in a group carries the message, with the one that it replies to', async () => {
  const { api, sara, omid, group } = await withGroup();
  const note = await group.voice(sara);
  const question = await api.sendMessage(group.id, 'Shall I?', {
    reply_parameters: { message_id: note },
    reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] },
  });
  const pressed = group.presses(omid, question.message_id, 'Yes');
  const [, , update] = await api.getUpdates({ timeout: 5, offset: 0 }).then(async (first) => {
    if (first.length > 2) return first;
    return [...first, ...(await api.getUpdates({ timeout: 5, offset: (first.at(-1)?.update_id ?? 0) + 1 }))];
  });
  expect(update?.callback_query).toMatchObject({
    from: { id: omid.id },
    data: 'yes',
    message: { chat: { id: group.id }, reply_to_message: { message_id: note, voice: { duration: 1 } } },
  });
  await api.answerCallbackQuery(update?.callback_query?.id ?? '', { text: 'no', show_alert: true });
  expect(await pressed).toEqual({ answered: true, text: 'no', show_alert: true });
});
