import type { Update } from 'grammy/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const sara = { id: 100_000_777, is_bot: false, first_name: 'Sara', language_code: 'en' } as const;
const group = { id: -100_123, type: 'supergroup', title: 'Friends', is_forum: true } as const;

/** Something that Sara sends into a topic of a group of which the bot is a member. */
function inGroup(updateId: number, content: object): Update {
  const message = { message_id: updateId, message_thread_id: 7, is_topic_message: true, date: 1_800_000_000 };
  return { update_id: updateId, message: { ...message, chat: group, from: sara, ...content } } as Update;
}

const command = (text: string) => ({
  text,
  entities: [{ type: 'bot_command', offset: 0, length: text.length }],
});

test.each<readonly [string, object]>([
  ['a voice note', { voice: { file_id: 'f', file_unique_id: 'u', duration: 1 } }],
  ...['/queue', '/cancel', '/settings', '/usage', '/language', '/admin', '/start'].map(
    (text) => [text, command(text)] as const,
  ),
])(
  'fault 28: in a group %s brings nothing: no file is taken, nothing is listed or said',
  async (_name, content) => {
    const before = dabir.playground.calls().filter(({ method }) => method !== 'getUpdates').length;
    await dabir.bot.handle(inGroup(before + 9_000_000, content), () => undefined);
    const after = dabir.playground.calls().filter(({ method }) => method !== 'getUpdates').length;
    expect(after).toBe(before);
    expect(await dabir.shared.database.transcription.count()).toBe(0);
  },
);
