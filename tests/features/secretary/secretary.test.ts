import type { Message } from 'grammy/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isNotePruneDue, pruneNotes, sendReminders } from '../../../src/features/secretary/index.ts';
import { createFiles } from '../../../src/store/admin/files.ts';
import { createDueQuery } from '../../../src/store/due-query.ts';
import { isolate } from '../../../src/texts/format.ts';
import type { Person } from '../../support/person.ts';
import { PrivateChat } from '../../support/private-chat.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ others: [] });
});
afterAll(() => dabir.close());

/** Number of files that the engine had before this test. */
let takenBefore = 0;
beforeEach(() => {
  takenBefore = dabir.engine.taken.length;
});

/** Returns the number of files that the engine got in this test. */
const taken = () => dabir.engine.taken.length - takenBefore;

/** Two people with a private chat; the bot is connected to the account of the first. */
async function connected(
  language = 'en',
  choice: Parameters<PrivateChat['connects']>[1] = {},
  friendName = 'Farid',
) {
  const owner = await dabir.person('Olga', language);
  const friend = await dabir.person(friendName, language);
  const chat = await PrivateChat.open(dabir.playground.url, owner, friend);
  const key = await chat.connects(owner, choice);
  await owner.reads(owner.word('secretary-greeting').slice(0, 25));
  const { id } = await dabir.shared.database.secretaryConnection.findUniqueOrThrow({
    where: { connectionKey: key },
  });
  return { owner, friend, chat, key, connection: Number(id) };
}

/** Returns the text of a note in the owner's chat, as soon as it is there. */
const textOf = (owner: Person, words: string) => owner.reads(words);

/** Waits until the bot has taken every update, and no file waits or runs. */
async function atRest(): Promise<void> {
  await until(async () => {
    const response = await fetch(`${dabir.playground.apiRoot}/bot${dabir.playground.token}/getWebhookInfo`);
    const { result } = (await response.json()) as { result: { pending_update_count: number } };
    const open = await dabir.shared.database.transcription.count({
      where: { state: { in: ['CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING'] } },
    });
    return result.pending_update_count === 0 && open === 0;
  });
}

const wordsOf = (messages: readonly Message[]) => messages.flatMap(({ text }) => text ?? []);

describe('notes of a connected account', () => {
  test.each(['fa', 'en'])(
    'a note is answered in the owner’s chat alone, with who said it (%s)',
    async (language) => {
      const { owner, friend, chat } = await connected(language);
      dabir.engine.next({ says: ['The train leaves at nine.'] });
      await chat.says(friend, 'no speech');
      await chat.voice(friend);
      const text = await textOf(owner, 'The train leaves at nine.');
      expect(text.text).toMatch(
        /^\u200f?🎙 .*Farid.* · [\d۰-۹]{1,2}:[\d۰-۹]{2}\n\nThe train leaves at nine\.$/s,
      );
      expect(owner.buttons(text.message_id)).toEqual(
        expect.arrayContaining(
          ['draft', 'later', 'never'].map((name) => owner.word(`secretary-button-${name}`)),
        ),
      );
      // Its engine and its files are the connection's.
      await owner.unfolds(text.message_id);
      expect(owner.labelOf(text.message_id, 'other:')).toBeUndefined();
      await atRest();
      expect((await chat.messages()).map(({ from }) => from?.id)).toEqual([friend.id, friend.id]);
      expect(friend.answers()).toEqual([]);
      expect(await dabir.shared.database.user.count({ where: { id: friend.id } })).toBe(0);
    },
  );

  test.each(['\u202eevil <b>', '\u202e', 'A'.repeat(64)])('a sender may have any name: %j', async (name) => {
    const { owner, friend, chat } = await connected('fa', {}, name);
    dabir.engine.next({ says: ['Whatever my name is.'] });
    await chat.voice(friend);
    const { entities = [] } = await owner.reads('Whatever my name is.');
    expect(entities.map(({ type }) => type)).toContain('text_link');
  });

  test('a note makes no message before its text, and the user’s own choice of an engine stays', async () => {
    const { owner, friend, chat } = await connected();
    const before = owner.answers().length;
    dabir.engine.next({ says: ['Slowly.'], holds: true });
    await chat.voice(friend);
    await until(() => taken() > 0);
    expect(owner.answers().length).toBe(before);
    dabir.engine.release();
    await textOf(owner, 'Slowly.');
    expect(owner.answers().length).toBe(before + 1);
    expect(await dabir.shared.database.setting.findUnique({ where: { userId: owner.id } })).toBeNull();
  });

  test('the owner’s own notes are transcribed when they want that, and those of refused people never', async () => {
    const { owner, friend, chat, connection } = await connected();
    await chat.voice(owner);
    await atRest();
    expect(taken()).toBe(0);
    const settings = owner.answers()[0]?.message_id ?? 0;
    await owner.forges(settings, `secretary:set:${connection}:notes:both`);
    dabir.engine.next({ says: ['From me.'] }, { says: ['From him.'] });
    await chat.voice(owner);
    const mine = await textOf(owner, 'From me.');
    expect(mine.text).toContain(
      owner
        .word('secretary-heading-mine', { name: isolate('Farid'), time: '' })
        .trim()
        .slice(0, 12),
    );
    await chat.voice(friend);
    const his = await textOf(owner, 'From him.');
    await owner.presses(his.message_id, owner.word('secretary-button-never'));
    await chat.voice(friend);
    await atRest();
    expect(taken()).toBe(2);
  });

  test('an owner who chooses people is asked once about each', async () => {
    const { owner, friend, chat, connection } = await connected();
    await owner.forges(owner.answers()[0]?.message_id ?? 0, `secretary:set:${connection}:senders:chosen`);
    await chat.voice(friend);
    const question = await owner.reads('Farid');
    await chat.voice(friend);
    await atRest();
    expect(owner.answers().filter(({ text = '' }) => text.includes('Farid'))).toHaveLength(1);
    expect(taken()).toBe(0);
    await owner.presses(question.message_id, owner.word('secretary-ask-yes'));
    dabir.engine.next({ says: ['Now yes.'] });
    await chat.voice(friend);
    await textOf(owner, 'Now yes.');
  });

  test('who opens the bot from a connected chat sees the choices', async () => {
    const { owner, friend } = await connected();
    await owner.says(`/start bizChat${friend.id}`);
    await owner.reads(owner.word('secretary-title'));
  });

  test('without an engine of the connection nothing is transcribed, and the owner is told once', async () => {
    const { owner, friend, chat, connection } = await connected();
    await dabir.shared.database.secretaryConnection.update({
      where: { id: connection },
      data: { engine: null },
    });
    await chat.voice(friend);
    await chat.voice(friend);
    await owner.reads(owner.word('secretary-no-engine', { name: isolate('Farid') }));
    await atRest();
    expect(owner.answers().filter(({ text = '' }) => text.includes('Farid'))).toHaveLength(1);
    expect(taken()).toBe(0);
  });

  test('a note cannot be given to another engine', async () => {
    const { owner, friend, chat } = await connected();
    dabir.engine.next({ says: ['Only here.'] });
    await chat.voice(friend);
    const { message_id } = await textOf(owner, 'Only here.');
    const { id } = await dabir.shared.database.transcription.findFirstOrThrow({
      where: { userId: owner.id },
    });
    for (const data of [`other:${id}`, `reopen:${id}`, `engine:${id}:openai`, `language:${id}:fa`])
      expect(await owner.isAnswered(message_id, data), data).toBe(true);
    await atRest();
    expect(await dabir.shared.database.transcription.count({ where: { userId: owner.id } })).toBe(1);
  });

  test('a note that its sender deletes first is not transcribed; afterwards its text goes where the owner wants that', async () => {
    const { owner, friend, chat, connection } = await connected();
    dabir.engine.next({ says: ['First.'], holds: true }, { says: ['Third.'] });
    const first = await chat.voice(friend);
    await until(() => taken() === 1);
    const second = await chat.voice(friend);
    await until(
      async () =>
        (await dabir.shared.database.secretaryNote.count({ where: { connectionId: connection } })) === 2,
    );
    await chat.deletes(friend, second);
    await until(
      async () =>
        (await dabir.shared.database.secretaryNote.count({ where: { connectionId: connection } })) === 1,
    );
    dabir.engine.release();
    await textOf(owner, 'First.');
    await atRest();
    expect(taken()).toBe(1);
    await chat.deletes(friend, first);
    const third = await chat.voice(friend);
    await textOf(owner, 'Third.');
    await owner.reads('First.');
    await owner.forges(owner.answers()[0]?.message_id ?? 0, `secretary:set:${connection}:deleted:go`);
    // Updates of the owner's chat and of their account are handled side by side.
    const chosen = () =>
      dabir.shared.database.secretaryConnection.findUniqueOrThrow({ where: { id: connection } });
    await until(async () => (await chosen()).removesDeleted);
    await chat.deletes(friend, third);
    await until(() => !owner.answers().some(({ text = '' }) => text.includes('Third.')));
  });

  test('the end of a connection deletes what is not transcribed, and nothing more comes', async () => {
    const { owner, friend, chat, key } = await connected();
    dabir.engine.next({ says: ['Too late.'], holds: true });
    await chat.voice(friend);
    await until(() => taken() === 1);
    await chat.disconnects(owner);
    await owner.reads(owner.word('secretary-ended'));
    dabir.engine.release();
    await chat.voice(friend);
    await atRest();
    expect(await dabir.shared.database.transcription.count({ where: { userId: owner.id } })).toBe(0);
    expect(taken()).toBe(1);
    // A message of an ended connection that Telegram sends late.
    await dabir.bot.handle(voiceUpdate(key, friend, 99), () => undefined);
    expect(await dabir.shared.database.transcription.count({ where: { userId: owner.id } })).toBe(0);
  });
});

describe('answers to notes', () => {
  /** A connected account with a note that has its text. */
  async function withNote(language = 'en') {
    const all = await connected(language);
    dabir.engine.next({ says: ['When do you come?'] });
    const note = await all.chat.voice(all.friend);
    const { message_id: text } = await textOf(all.owner, 'When do you come?');
    return { ...all, note, text };
  }

  /** Drafts an answer by voice; returns its message. */
  async function drafts(owner: Person, to: number, says: string): Promise<number> {
    dabir.engine.next({ says: [says] });
    await owner.sends('tone.ogg', { kind: 'voice', replyTo: to });
    return (await textOf(owner, says)).message_id;
  }

  test('a spoken answer is sent as the owner by a press alone, once, as a reply to the note', async () => {
    const { owner, friend, chat, note, text } = await withNote();
    const draft = await drafts(owner, text, 'At eight.');
    expect(owner.chat.get(draft)?.text).toBe(
      `${owner.word('secretary-draft', { name: isolate('Farid'), state: 'OPEN' })}\n\nAt eight.`,
    );
    expect(wordsOf(await chat.messages())).toEqual([]);
    const send = owner.dataOf(draft, owner.word('secretary-button-send'));
    await Promise.all([owner.forges(draft, send), owner.forges(draft, send), owner.forges(draft, send)]);
    await chat.reads('At eight.');
    await owner.reads(owner.word('secretary-draft', { name: isolate('Farid'), state: 'SENT' }));
    await dabir.restartBot();
    await owner.forges(draft, send);
    const sent = (await chat.messages()).filter(({ text }) => text === 'At eight.');
    expect(sent).toMatchObject([
      {
        from: { id: owner.id },
        sender_business_bot: { is_bot: true },
        reply_to_message: { message_id: note },
      },
    ]);
    expect(friend.answers()).toEqual([]);
  });

  test('an answer is edited by a reply with the words, and only the last one can be sent', async () => {
    const { owner, chat, text } = await withNote();
    const first = await drafts(owner, text, 'At ate.');
    const send = owner.dataOf(first, owner.word('secretary-button-send'));
    await owner.replies(first, 'At eight, at the station.');
    const edited = await owner.reads(/At eight, at the station\.$/);
    await owner.reads(owner.word('secretary-draft', { name: isolate('Farid'), state: 'REPLACED' }));
    await owner.forges(first, send);
    await owner.presses(edited.message_id, owner.word('secretary-button-send'));
    await chat.reads('At eight, at the station.');
    expect(wordsOf(await chat.messages())).toEqual(['At eight, at the station.']);
  });

  test('an answer can be typed below the question for one, and discarded', async () => {
    const { owner, chat, text } = await withNote('fa');
    await owner.presses(text, owner.word('secretary-button-draft'));
    const prompt = await owner.reads(owner.word('secretary-prompt', { name: isolate('Farid') }));
    await owner.replies(prompt.message_id, 'ساعت هشت');
    const draft = await owner.reads(/ساعت هشت$/);
    const send = owner.dataOf(draft.message_id, owner.word('secretary-button-send'));
    await owner.presses(draft.message_id, owner.word('secretary-button-discard'));
    await owner.reads(owner.word('secretary-draft', { name: isolate('Farid'), state: 'DISCARDED' }));
    expect(await owner.forges(draft.message_id, send)).toBe(
      owner.word('secretary-send-unknown', { name: isolate('Farid') }),
    );
    expect(wordsOf(await chat.messages())).toEqual([]);
  });

  test('an answer of which Telegram does not say whether it was sent is sent again only by a press', async () => {
    const { owner, chat, text } = await withNote();
    const draft = await drafts(owner, text, 'Perhaps.');
    dabir.playground.faults.set('sendMessage', { kind: 'status', status: 502, after: true }, 1);
    const lost = await owner.presses(draft, owner.word('secretary-button-send'));
    expect(lost).toBe(owner.word('secretary-send-lost', { name: isolate('Farid') }));
    await owner.reads(owner.word('secretary-draft', { name: isolate('Farid'), state: 'UNKNOWN' }));
    expect(wordsOf(await chat.messages())).toEqual(['Perhaps.']);
    await owner.presses(draft, owner.word('secretary-button-again'));
    await until(async () => wordsOf(await chat.messages()).length === 2);
  });

  test('a press of which the bot died is never repeated by itself', async () => {
    const { owner, chat, text } = await withNote();
    const draft = await drafts(owner, text, 'Once at most.');
    // As a process leaves it that dies between the press and the message.
    const { database } = dabir.shared;
    await database.secretaryDraft.updateMany({
      where: { userId: owner.id },
      data: { state: 'SENDING', pressedAt: new Date() },
    });
    const press = () => owner.presses(draft, owner.word('secretary-button-send'));
    expect(await press()).toBe(owner.word('secretary-send-sending'));
    await database.secretaryDraft.updateMany({
      where: { userId: owner.id },
      data: { pressedAt: new Date(Date.now() - 120_000) },
    });
    expect(await press()).toBe(owner.word('secretary-send-lost', { name: isolate('Farid') }));
    expect(wordsOf(await chat.messages())).toEqual([]);
  });

  test('an answer that Telegram does not allow is kept, with the reason', async () => {
    const { owner, chat, text } = await withNote();
    const draft = await drafts(owner, text, 'Not yet.');
    const press = () => owner.presses(draft, owner.word('secretary-button-send'));
    await chat.connects(owner, { can_reply: false });
    expect(await press()).toBe(owner.word('secretary-send-rights', { name: isolate('Farid') }));
    await chat.disconnects(owner);
    expect(await press()).toBe(owner.word('secretary-send-ended', { name: isolate('Farid') }));
    expect(wordsOf(await chat.messages())).toEqual([]);
  });

  test('an answer to somebody who has written nothing for a day is refused', async () => {
    const { owner, friend, chat } = await connected();
    dabir.engine.next({ says: ['Old news.'] });
    await chat.voice(friend, { age: 90_000 });
    const { message_id } = await textOf(owner, 'Old news.');
    const draft = await drafts(owner, message_id, 'Too late.');
    expect(await owner.presses(draft, owner.word('secretary-button-send'))).toBe(
      owner.word('secretary-send-window', { name: isolate('Farid') }),
    );
    expect(wordsOf(await chat.messages())).toEqual([]);
  });
});

describe('what is kept of a connected account', () => {
  test('a note goes when its time is over, with its text, its draft and its row, and so does one that waits', async () => {
    const { owner, friend, chat } = await connected();
    const { database } = dabir.shared;
    dabir.engine.next({ says: ['Short-lived.'] }, { says: ['Never read.'], holds: true });
    await chat.voice(friend);
    const { message_id } = await owner.reads('Short-lived.');
    await chat.voice(friend);
    await until(() => taken() === 2);
    const own = { where: { connection: { userId: owner.id } } };
    expect(await database.secretaryNote.count(own)).toBe(2);
    await pruneNotes(dabir.shared);
    expect(await database.secretaryNote.count(own)).toBe(2);
    await database.secretaryNote.updateMany({
      ...own,
      data: { retainedUntil: new Date(Date.now() - 1_000) },
    });
    await pruneNotes(dabir.shared);
    expect(await database.secretaryNote.count(own)).toBe(0);
    expect(await database.transcription.count({ where: { userId: owner.id } })).toBe(0);
    dabir.engine.release();
    await atRest();
    // The message stays in the owner's chat, as with every text whose time is over.
    expect(owner.chat.get(message_id)?.text).toContain('Short-lived.');
  });

  test('a question without an answer and an ended connection go after a day, also when no note does', async () => {
    const { owner, friend, chat, connection } = await connected();
    const { database } = dabir.shared;
    const findDue = createDueQuery(database, { notes: isNotePruneDue });
    const isGone = async (count: () => Promise<number>) => {
      if ((await findDue()).has('notes')) await pruneNotes(dabir.shared);
      return (await count()) === 0;
    };
    const dayAgo = new Date(Date.now() - 86_401_000);
    await owner.forges(owner.answers()[0]?.message_id ?? 0, `secretary:set:${connection}:senders:chosen`);
    await chat.voice(friend);
    await owner.reads('Farid');
    const asked = { where: { connectionId: connection } };
    expect(await isGone(() => database.secretaryPeer.count(asked))).toBe(false);
    await database.secretaryPeer.updateMany({ ...asked, data: { askedAt: dayAgo } });
    await until(() => isGone(() => database.secretaryPeer.count(asked)));
    await chat.disconnects(owner);
    await owner.reads(owner.word('secretary-ended').slice(0, 25));
    const ended = { where: { id: connection } };
    expect(await isGone(() => database.secretaryConnection.count(ended))).toBe(false);
    await database.secretaryConnection.updateMany({ ...ended, data: { endedAt: dayAgo } });
    await until(() => isGone(() => database.secretaryConnection.count(ended)));
  });

  test('a user is reminded of a note once, with a sound, below its text', async () => {
    const { owner, friend, chat } = await connected();
    dabir.engine.next({ says: ['Call me back.'] });
    await chat.voice(friend);
    const { message_id } = await owner.reads('Call me back.');
    await owner.presses(message_id, owner.word('secretary-button-later'));
    const inAnHour = owner.word('secretary-button-in', { hours: 1 });
    await until(() => owner.buttons(message_id).includes(inAnHour));
    await owner.presses(message_id, inAnHour);
    await until(() => owner.buttons(message_id).includes(owner.word('secretary-button-later')));
    const { database } = dabir.shared;
    const own = { where: { connection: { userId: owner.id } } };
    expect((await database.secretaryNote.findFirstOrThrow(own)).remindAt?.getTime()).toBeGreaterThan(
      Date.now() + 3_500_000,
    );
    await database.secretaryNote.updateMany({ ...own, data: { remindAt: new Date(Date.now() - 1_000) } });
    await owner.reads(owner.word('secretary-reminder', { name: isolate('Farid') }), message_id);
    await until(async () => (await database.secretaryNote.findFirstOrThrow(own)).remindAt === null);
    await sendReminders(dabir.shared);
    expect(owner.answers(message_id)).toHaveLength(1);
  });

  test('after the deletion of everything no row is left, and a later note is dropped', async () => {
    const { owner, friend, chat, key } = await connected();
    dabir.engine.next({ says: ['Delete this too.'] });
    const note = await chat.voice(friend);
    const { message_id } = await owner.reads('Delete this too.');
    await owner.presses(message_id, owner.word('secretary-button-never'));
    await owner.presses(message_id, owner.word('secretary-button-draft'));
    const prompt = await owner.reads(owner.word('secretary-prompt', { name: isolate('Farid') }));
    await owner.replies(prompt.message_id, 'And this answer');
    await owner.reads(/And this answer$/);
    await owner.says('/mydata');
    const page = await owner.reads(owner.word('mydata-title'));
    await owner.presses(page.message_id, owner.word('mydata-button-erase'));
    await owner.says(owner.word('mydata-word'));
    await owner.reads(/^(?!.*type).*deleted/is);
    const { database } = dabir.shared;
    await until(
      async () => (await database.secretaryConnection.count({ where: { userId: owner.id } })) === 0,
    );
    await until(() => !owner.answers().some(({ text = '' }) => /Delete this too|And this answer/.test(text)));
    const own = { where: { userId: owner.id } };
    expect([
      await database.secretaryPeer.count(own),
      await database.secretaryDraft.count(own),
      await database.transcription.count(own),
    ]).toEqual([0, 0, 0]);
    await chat.voice(friend);
    await dabir.bot.handle(voiceUpdate(key, friend, note), () => undefined);
    await atRest();
    expect(await database.transcription.count(own)).toBe(0);
    expect(await database.secretaryConnection.count(own)).toBe(0);
  });

  test('admins cannot read a note, nor find the name of its file', async () => {
    const { owner, friend, chat } = await connected();
    dabir.engine.next({ says: ['Not for admins.'] });
    await chat.voice(friend, { kind: 'audio' });
    await owner.reads('Not for admins.');
    const files = createFiles(dabir.shared.database);
    const filter = { state: null, engine: null, kind: null } as const;
    const { rows } = await files.list({ ...filter, search: String(owner.id) }, null, 10);
    expect(rows).toMatchObject([{ userId: owner.id, fileName: null }]);
    const file = await files.find(rows[0]?.id ?? 0);
    expect(file?.purpose).toBe('note');
  });
});

/** Returns an update with a voice note of somebody, as Telegram sends it. */
function voiceUpdate(key: string, from: Person, messageId: number) {
  const user = { id: from.id, is_bot: false, first_name: 'Farid' };
  return {
    update_id: 900_000_000 + messageId,
    business_message: {
      message_id: messageId,
      business_connection_id: key,
      date: Math.floor(Date.now() / 1_000),
      from: user,
      chat: { id: from.id, type: 'private' as const, first_name: 'Farid' },
      voice: { file_id: 'forged', file_unique_id: 'forged', duration: 1 },
    },
  };
}
