import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Group } from '../../support/group.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ others: [] });
});
afterAll(() => dabir.close());

describe.each(['fa', 'en'])('in a group (%s)', (language) => {
  let sara: Person;
  let omid: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    omid = await dabir.person('Omid', language);
  });
  const found = (about: Parameters<typeof Group.found>[3] = {}) =>
    Group.found(dabir.playground.url, sara, [omid], about);

  /** Waits for the text and the final status of an upload; returns everything that came in answer to it. */
  const answered = async (group: Group, audio: number, text = 'سلام دنیا') => {
    await group.ends(audio);
    const answers = await group.answers(audio);
    expect(answers.map((message) => message.text)).toContain(text);
    return answers;
  };

  test('in a group, the bot introduces itself in a line when it is added, and then stays silent', async () => {
    const group = await found();
    await group.reads(sara.word('groups-hello'));
    await group.voice(omid);
    await group.says(omid, 'hello everybody');
    await group.says(omid, '/queue');
    await group.says(omid, 'what a bot, @dabir_bot');
    // Its next message is the answer to what follows.
    await group.says(omid, '/help@dabir_bot');
    await until(async () => (await group.answers()).length === 2);
    expect(await dabir.shared.accounts.find(omid.id)).toBeNull();
  });

  test('in a group, /transcribe as a reply is answered by the text as a reply to the upload, with buttons for files', async () => {
    const group = await found();
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    const answers = await answered(group, audio);
    expect(answers.filter(({ document }) => document !== undefined)).toEqual([]);
    const [status] = answers;
    const labels = async () => (await group.buttons(status?.message_id ?? 0)).map(({ text }) => text);
    expect(await labels()).toEqual([sara.word('button-more')]);
    await group.presses(sara, status?.message_id ?? 0, sara.word('button-more'));
    await until(async () => (await labels()).length > 1);
    // Few buttons: what a group needs; the rest is in the user's own history.
    expect(await labels()).toEqual([
      ...[sara.word('button-less'), sara.word('button-fix'), 'TXT', 'Word', 'PDF'],
      ...[sara.word('button-good'), sara.word('button-bad'), sara.word('button-delete')],
    ]);
    expect((await group.presses(sara, status?.message_id ?? 0, 'Word')).text).toBe(
      sara.word('answer-on-its-way'),
    );
    await until(async () =>
      (await group.answers(audio)).some(({ document }) => document?.file_name?.endsWith('.docx')),
    );
    // The speaker gets no account; the file belongs to the user who asked.
    expect(await dabir.shared.accounts.find(omid.id)).toBeNull();
  });

  test('in a group, a long transcript is shown by its beginning only', async () => {
    const group = await found();
    const sentence = 'این یک جملهٔ کوتاه است که بارها گفته می‌شود.';
    dabir.engine.next({ says: Array.from({ length: 200 }, () => sentence) });
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    const { text } = await group.reads(sara.word('status-excerpt-on-request'), audio);
    expect(text).toMatch(/^این یک جمله/);
    expect(await group.answers(audio)).toHaveLength(1);
  });

  test('in a group, a mention works as a reply or in a caption, and its further words count as options', async () => {
    const group = await found();
    const audio = await group.voice(omid);
    await group.says(sara, '@dabir_bot srt', { replyTo: audio });
    await answered(group, audio);
    const files = await until(async () => {
      const found = (await group.answers(audio)).flatMap(({ document }) => document?.file_name ?? []);
      return found.length > 0 && found;
    });
    expect(files).toEqual([expect.stringMatching(/\.srt$/)]);
    const other = await group.voice(sara, { caption: '@dabir_bot', content: 'tone.mp3', kind: 'audio' });
    await answered(group, other);
  });

  test('in a group, /transcribe without an upload gets instructions', async () => {
    const group = await found();
    const ask = await group.says(sara, '/transcribe');
    await group.reads(sara.word('transcribe-how'), ask);
  });

  test('in a group, a second request for a file leads to the existing answer', async () => {
    const group = await found();
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    const [status] = await answered(group, audio);
    await group.says(omid, '/transcribe', { replyTo: audio });
    await group.reads(omid.word('transcribe-already'), status?.message_id);
  });

  test('in a group, two requests at once get one answer', async () => {
    const group = await found();
    const audio = await group.voice(omid);
    await Promise.all(
      [sara, omid, sara].map((person) => group.says(person, '/transcribe', { replyTo: audio })),
    );
    const [status] = await answered(group, audio);
    await until(async () => (await group.answers(status?.message_id)).length === 2);
    expect(await dabir.shared.database.transcription.count({ where: { chatId: group.id } })).toBe(1);
  });

  /** Has Omid ask for a note of Mina's. Reza is a member too. */
  async function minasNoteForOmid() {
    const group = await found();
    const mina = await dabir.person('Mina', language);
    await group.member(mina, 'member');
    const audio = await group.voice(mina);
    await group.says(omid, '/transcribe', { replyTo: audio });
    const [status] = await answered(group, audio);
    const id = status?.message_id ?? 0;
    const reza = await dabir.person('Reza', language);
    await group.member(reza, 'member');
    return { group, id, mina, reza };
  }

  test('in a group, others cannot press the buttons of an answer; admins of the group may delete it', async () => {
    const { group, id, reza } = await minasNoteForOmid();
    const refused = { answered: true, text: reza.word('groups-not-yours'), show_alert: true };
    expect(await group.presses(reza, id, reza.word('button-more'))).toEqual(refused);
    await group.presses(omid, id, omid.word('button-good'));
    for (const label of ['Word', reza.word('button-good'), reza.word('button-delete')]) {
      expect(await group.presses(reza, id, label)).toEqual(refused);
    }
    await group.presses(sara, id, sara.word('button-delete'));
    expect((await group.presses(sara, id, sara.word('button-erase'))).text).toBe(sara.word('answer-deleted'));
    expect(await dabir.shared.database.transcription.count({ where: { chatId: group.id } })).toBe(0);
  });

  test('in a group, the speaker may delete a transcript that another user asked for', async () => {
    const { group, id, mina, reza } = await minasNoteForOmid();
    expect((await group.presses(reza, id, reza.word('button-more'))).text).toBe(
      reza.word('groups-not-yours'),
    );
    await group.presses(mina, id, mina.word('button-more'));
    expect((await group.presses(reza, id, reza.word('button-delete'))).text).toBe(
      reza.word('groups-not-yours'),
    );
    expect((await group.presses(mina, id, mina.word('button-good'))).text).toBe(
      mina.word('groups-not-yours'),
    );
    await group.presses(mina, id, mina.word('button-delete'));
    expect((await group.presses(mina, id, mina.word('button-erase'))).text).toBe(mina.word('answer-deleted'));
    expect(await dabir.shared.database.transcription.count({ where: { chatId: group.id } })).toBe(0);
  });

  test('in a group, a running file is cancelled by the user who asked, or by an admin', async () => {
    const group = await found();
    dabir.engine.next({ holds: true });
    const taken = dabir.engine.taken.length;
    const audio = await group.voice(omid);
    await group.says(omid, '/transcribe', { replyTo: audio });
    const status = await until(async () => (await group.answers(audio))[0]);
    // Otherwise the script would be left for the next file.
    await until(() => dabir.engine.taken.length > taken);
    await group.presses(sara, status.message_id, sara.word('button-cancel'));
    await group.reads(sara.word('status-cancelled'), audio);
    // A cancelled file can be asked for again.
    await group.says(sara, '/transcribe', { replyTo: audio });
    await answered(group, audio);
  });

  test('in a group, an answer stays in its topic', async () => {
    const group = await found({ isForum: true });
    const topic = await group.topic('موسیقی');
    const audio = await group.voice(omid, { topic });
    await group.says(sara, '/transcribe', { replyTo: audio, topic });
    const answers = await answered(group, audio);
    expect(answers.map(({ message_thread_id }) => message_thread_id)).toEqual(answers.map(() => topic));
  });

  test('in a group, the user who asked corrects a transcript by a reply; replies of others are talk', async () => {
    const group = await found();
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    const [text] = await answered(group, audio);
    await group.says(omid, 'دنیا → جهان', { replyTo: text?.message_id ?? 0 });
    await group.says(sara, 'what a world', { replyTo: text?.message_id ?? 0 });
    await group.says(sara, 'دنیا → مردم', { replyTo: text?.message_id ?? 0 });
    await until(async () => (await group.answers(audio)).some((message) => message.text === 'سلام مردم'));
    expect(await dabir.shared.accounts.find(omid.id)).toBeNull();
  });

  test('in a group, a channel’s post and another bot’s message are transcribed on request like any upload', async () => {
    const group = await found();
    for (const [as, content] of [
      ['channel-post', 'tone.ogg'],
      ['bot', 'tone.mp3'],
    ] as const) {
      const audio = await group.voice(omid, { as, content });
      await group.says(sara, '/transcribe', { replyTo: audio });
      await answered(group, audio);
    }
  });

  test('in a group, another copy of a transcribed upload is not transcribed again', async () => {
    const group = await found();
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    const [status] = await answered(group, audio);
    const copy = await group.copies(audio, omid);
    await group.says(omid, '/transcribe', { replyTo: copy });
    await group.reads(omid.word('transcribe-already'), status?.message_id);
  });

  test('in a group, the command menu lists what works in groups', async () => {
    const menu = await dabir.bot.grammy.api.getMyCommands({
      scope: { type: 'all_group_chats' },
      language_code: language as 'fa' | 'en',
    });
    expect(menu.map(({ command }) => command)).toEqual(['transcribe', 'settings', 'help']);
  });

  test('in a group, /transcribe from another topic transcribes the upload, and the answer comes to that topic', async () => {
    const group = await found({ isForum: true });
    const [music, talk] = [await group.topic('موسیقی'), await group.topic('گپ')];
    const audio = await group.voice(omid, { topic: music });
    const ask = await group.says(sara, '/transcribe', { replyTo: audio, topic: talk });
    const answers = await answered(group, ask);
    expect(answers.map(({ message_thread_id }) => message_thread_id)).toEqual(answers.map(() => talk));
    // It is the same upload in its own topic.
    await group.says(omid, '/transcribe', { replyTo: audio, topic: music });
    await group.reads(omid.word('transcribe-already'));
  });

  test('in a group, a command for private matters points to the private chat', async () => {
    const group = await found();
    const ask = await group.says(omid, '/queue@dabir_bot');
    const { reply_markup } = await group.reads(omid.word('groups-private'), ask);
    expect(reply_markup?.inline_keyboard).toMatchObject([[{ url: 'https://t.me/dabir_bot?start=queue' }]]);
  });
});
