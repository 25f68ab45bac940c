import fc from 'fast-check';
import type { Update } from 'grammy/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseContents } from '../../support/database-contents.ts';
import { forgeries } from '../../support/forgeries.ts';
import type { Person } from '../../support/person.ts';
import { PrivateChat } from '../../support/private-chat.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

/** Number of forged updates and presses; `FORGERIES=10000` runs the long form, `SEED` other ones. */
const count = Number(process.env['FORGERIES'] ?? 400);
const seed = Number(process.env['SEED'] ?? 8);
const timeout = 60_000 + 60 * count;

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ others: [] });
});
afterAll(() => dabir.close());

describe('forged and stale updates of connected accounts', () => {
  /** Two owners with a friend each, a stranger, and an owner whose connection has ended. */
  let owners: readonly [Person, Person];
  let ended: Person;
  let others: readonly Person[];
  let keys: readonly string[];
  /** The connection of each owner, by its key. */
  let ownerOf: ReadonlyMap<string, number>;

  beforeAll(async () => {
    const [anna, ben, cleo] = await Promise.all(
      ['Anna', 'Ben', 'Cleo'].map((name) => dabir.person(name, 'en')),
    );
    const [dan, eve, stranger] = await Promise.all(
      ['Dan', 'Eve', 'Fay'].map((name) => dabir.person(name, 'fa')),
    );
    if (!anna || !ben || !cleo || !dan || !eve || !stranger) throw new Error('people are missing');
    owners = [anna, ben];
    ended = cleo;
    others = [dan, eve, stranger];
    const chats = [
      await PrivateChat.open(dabir.playground.url, anna, dan),
      await PrivateChat.open(dabir.playground.url, ben, eve),
      await PrivateChat.open(dabir.playground.url, cleo, dan),
    ];
    keys = await Promise.all(chats.map((chat, index) => chat.connects([anna, ben, cleo][index] ?? anna)));
    ownerOf = new Map([anna, ben, cleo].map((owner, index) => [keys[index] ?? '', owner.id]));
    for (const owner of [anna, ben, cleo]) await owner.reads(owner.word('secretary-greeting').slice(0, 25));
    dabir.engine.next({ says: ['For Anna alone.'] });
    await chats[0]?.voice(dan);
    const text = await anna.reads('For Anna alone.');
    dabir.engine.next({ says: ['Her answer.'] });
    await anna.sends('tone.ogg', { kind: 'voice', replyTo: text.message_id });
    await anna.reads('Her answer.');
    await chats[2]?.disconnects(cleo);
    await cleo.reads(cleo.word('secretary-ended'));
  });

  test('a forged update brings a text to nobody but the owner of its connection', { timeout }, async () => {
    const before = others.map((person) => person.answers().length);
    const goneBefore = ended.answers().length;
    const updates = fc.sample(anyUpdate(), { seed, numRuns: count });
    for (const [index, update] of updates.entries()) {
      await dabir.bot
        .handle({ ...update, update_id: 800_000_000 + index }, () => undefined)
        .catch(() => undefined);
    }
    await until(async () => {
      const { database } = dabir.shared;
      const open = await database.transcription.count({
        where: { state: { in: ['CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING'] } },
      });
      return open === 0 && (await database.delivery.count({ where: { sentAt: null } })) === 0;
    });
    expect(others.map((person) => person.answers().length)).toEqual(before);
    expect(ended.answers().length).toBe(goneBefore);
    const { database } = dabir.shared;
    const connections = await database.secretaryConnection.findMany();
    expect(new Map(connections.map((one) => [one.connectionKey, Number(one.userId)]))).toEqual(ownerOf);
    expect(connections.filter(({ endedAt }) => endedAt !== null).map(({ userId }) => Number(userId))).toEqual(
      [ended.id],
    );
    const notes = await database.secretaryNote.findMany({
      include: { connection: true, transcription: true },
    });
    expect(notes.length).toBeGreaterThan(1);
    for (const { connection, transcription } of notes) {
      expect([transcription.userId, transcription.chatId]).toEqual([
        connection.userId,
        connection.userChatId,
      ]);
    }
    const users = await database.user.findMany({ select: { id: true } });
    expect(users.map(({ id }) => Number(id)).toSorted()).toEqual(
      [...owners, ended].map(({ id }) => id).toSorted(),
    );
  });

  test('nobody else can press the buttons under a note or a draft', { timeout }, async () => {
    const [anna, ben] = owners;
    const eve = others[1] ?? ben;
    await eve.says('/start');
    await until(() => eve.answers().length > 0);
    const { database } = dabir.shared;
    const rows = await Promise.all([
      database.secretaryNote.findMany({ select: { transcriptionId: true } }),
      database.secretaryDraft.findMany({ select: { id: true } }),
      database.secretaryConnection.findMany({ where: { userId: anna.id }, select: { id: true } }),
    ]);
    const ids = rows.flat().map((row) => Number('id' in row ? row.id : row.transcriptionId));
    const before = await databaseContents(database, [eve]);
    const pressed = forgeries(anna.allData(), ids, { seed, count }).filter((data) => /secretary/i.test(data));
    const own = eve.answers()[0]?.message_id ?? 0;
    for (const data of pressed) expect(await eve.isAnswered(own, data), data).toBe(true);
    expect(await databaseContents(database, [eve])).toEqual(before);
    expect(eve.answers().every(({ text = '' }) => !/Anna|answer\./.test(text))).toBe(true);
  });

  /** Returns updates of connected accounts with ids that do not belong together. */
  function anyUpdate(): fc.Arbitrary<Omit<Update, 'update_id'>> {
    const everybody = [...owners, ended, ...others];
    const user = fc.constantFrom(...everybody).map(({ id }) => ({ id, is_bot: false, first_name: 'X' }));
    const key = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...keys) },
      { weight: 1, arbitrary: fc.constantFrom('', 'unknown', "'; --", '__proto__', 'x'.repeat(300)) },
    );
    const chat = user.map(({ id }) => ({
      id,
      type: 'private' as const,
      first_name: 'Y\u0000',
      username: 'y',
    }));
    const messageId = fc.integer({ min: 1, max: 60 });
    const file = messageId.map((id) => ({ file_id: `forged-${id}`, file_unique_id: `u-${id}`, duration: 1 }));
    const content = fc.oneof(
      file.map((voice) => ({ voice, caption: 'openai pdf fa' })),
      file.map((audio) => ({ audio: { ...audio, file_name: 'a\u0000.mp3' } })),
      fc.constant({ text: '/start' }),
      fc.constant({ text: 'hello' }),
      file.map((voice) => ({ voice, sender_business_bot: { id: 7, is_bot: true, first_name: 'B' } })),
    );
    const message = fc
      .tuple(key, user, chat, messageId, content)
      .map(([business_connection_id, from, chat, message_id, content]) => ({
        ...{ business_connection_id, from, chat, message_id, date: 1_700_000_000 },
        ...content,
      }));
    const connection = fc.tuple(key, user, user, fc.boolean()).map(([id, user, elsewhere, is_enabled]) => ({
      ...{ id, user, user_chat_id: elsewhere.id, date: 1_700_000_000, is_enabled },
      rights: { can_reply: true },
    }));
    const deleted = fc
      .tuple(key, chat, fc.array(messageId, { maxLength: 5 }))
      .map(([business_connection_id, chat, message_ids]) => ({ business_connection_id, chat, message_ids }));
    return fc.oneof(
      { weight: 6, arbitrary: message.map((business_message) => ({ business_message })) },
      { weight: 1, arbitrary: message.map((edited_business_message) => ({ edited_business_message })) },
      { weight: 2, arbitrary: connection.map((business_connection) => ({ business_connection })) },
      { weight: 1, arbitrary: deleted.map((deleted_business_messages) => ({ deleted_business_messages })) },
    ) as fc.Arbitrary<Omit<Update, 'update_id'>>;
  }
});
