// The fault numbers in titles are those of docs/faults.md.

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Group } from '../support/group.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ others: [] });
});
afterAll(() => dabir.close());

let sara: Person;
let omid: Person;
beforeEach(async () => {
  sara = await dabir.person('Sara', 'en');
  omid = await dabir.person('Omid', 'en');
});
const found = (about: Parameters<typeof Group.found>[3] = {}) =>
  Group.found(dabir.playground.url, sara, [omid], about);

/** Requests a transcription that runs until the engine is released. */
async function underWay(group: Group, topic?: number) {
  const before = dabir.engine.taken.length;
  dabir.engine.next({ holds: true });
  const audio = await group.voice(omid, topic === undefined ? {} : { topic });
  await group.says(sara, '/transcribe', { replyTo: audio, ...(topic !== undefined && { topic }) });
  await group.reads('', audio);
  await until(() => dabir.engine.taken.length > before);
}

const fileOf = (group: Group) =>
  dabir.shared.database.transcription.findFirst({ where: { chatId: group.id }, orderBy: { id: 'desc' } });

/** Returns the group's state in the database. */
const stateOf = async (group: Group) => ({
  files: await dabir.shared.database.transcription.findMany({ where: { chatId: group.id } }),
  settings: await dabir.shared.groups.settings(group.id),
});

/** Waits until every delivery of a file was sent or given up. */
const settled = (group: Group) =>
  until(async () => {
    const file = await fileOf(group);
    return file !== null && ['COMPLETED', 'CANCELLED'].includes(file.state) && file.deliverAfter === null;
  });

describe('fault 28: no user sees another’s transcripts', () => {
  test.each(['/queue', '/cancel', '/usage', '/language', '/admin', '/start', '/help', '/history x'])(
    'fault 28: no user sees another’s transcripts in a group through %s',
    async (command) => {
      const group = await found();
      await group.reads(sara.word('groups-hello'));
      await group.says(sara, command);
      const audio = await group.voice(omid);
      await group.says(omid, '/transcribe', { replyTo: audio });
      await group.ends(audio);
      expect(
        (await group.answers()).filter(({ reply_to_message }) => reply_to_message?.message_id !== audio),
      ).toHaveLength(1);
    },
  );

  test('fault 28: no user sees another’s transcripts outside the group and the topic of the upload', async () => {
    const group = await found({ isForum: true });
    const other = await found();
    const topic = await group.topic('Music');
    const audio = await group.voice(omid, { topic });
    await group.says(sara, '/transcribe', { replyTo: audio, topic });
    await group.ends(audio);
    expect(sara.answers()).toEqual([]);
    expect(omid.answers()).toEqual([]);
    expect(await other.answers()).toHaveLength(1);
    const places = (await group.answers()).map(({ message_thread_id }) => message_thread_id);
    expect(places.slice(1)).toEqual(places.slice(1).map(() => topic));
  });

  test('fault 28: no user sees another’s transcripts through any forged press, each of which is answered and has no effect', async () => {
    const group = await found();
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    const { message_id } = await group.ends(audio);
    const menu = await group.says(sara, '/settings');
    const settings = await group.reads(sara.word('groups-settings'), menu);
    const mina = await dabir.person('Mina', 'en');
    await group.member(mina, 'member');
    const before = await stateOf(group);
    const word = fc.constantFrom(
      'groups',
      'transcribe',
      'engine',
      'erase',
      'cancel',
      'format',
      'automatic',
      'join',
      'on',
      'local',
      '1',
      '-1',
    );
    const data = fc.oneof(
      fc.string({ minLength: 1, maxLength: 20 }),
      fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(':')),
    );
    for (const forged of fc.sample(data, { numRuns: 60, seed: 28 })) {
      for (const message of [message_id, settings.message_id, audio, 999_999]) {
        expect(await group.forges(mina, message, forged)).toMatchObject({ answered: true });
      }
    }
    expect(await stateOf(group)).toEqual(before);
  });

  test('fault 28: no user sees another’s transcripts through a group’s button that is pressed from a private chat or another group', async () => {
    const group = await found();
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    const { message_id } = await group.ends(audio);
    const id = (await fileOf(group))?.id;
    const note = await sara.says('hello');
    expect(await sara.forges(note, `erase:${id}`)).toBe(sara.word('answer-unknown'));
    const other = await found();
    const hello = await other.reads(sara.word('groups-hello'));
    for (const person of [sara, omid]) {
      const answer = await other.forges(person, hello.message_id, `erase:${id}`);
      expect(answer.text).toBe(person.word('answer-unknown'));
    }
    expect((await group.messages()).map((message) => message.message_id)).toContain(message_id);
    expect((await fileOf(group))?.state).toBe('COMPLETED');
  });
});

describe('a group that becomes a supergroup', () => {
  test('a group that becomes a supergroup while a file runs gets the answer under its new id', async () => {
    const group = await found({ type: 'group' });
    await underWay(group);
    await group.migrates();
    dabir.engine.release();
    await group.reads('سلام دنیا');
    await group.ends();
    expect((await fileOf(group))?.state).toBe('COMPLETED');
  });

  test('a group that becomes a supergroup keeps its settings', async () => {
    const group = await found({ type: 'group' });
    const ask = await group.says(sara, '/settings');
    const { message_id } = await group.reads(sara.word('groups-settings'), ask);
    await group.presses(sara, message_id, 'Voice messages');
    await group.migrates();
    await until(async () => (await dabir.shared.groups.settings(group.id)).automaticBy === sara.id);
  });
});

describe('nothing hangs', () => {
  test('nothing hangs when the bot is removed from the group: its waiting and running files end', async () => {
    const group = await found();
    await underWay(group);
    const waiting = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: waiting });
    await group.reads('', waiting);
    await group.bot('kicked');
    await until(async () => (await dabir.shared.groups.listOpen(group.id, 10)).length === 0);
    await settled(group);
  });

  test.each([
    ['may no longer write', (group: Group) => group.bot('muted')],
    ['finds its topic closed', (group: Group, topic: number) => group.setTopic(topic, 'closed')],
    ['finds its topic deleted', (group: Group, topic: number) => group.setTopic(topic, 'deleted')],
  ])('nothing hangs when the bot %s while a file runs', async (_what, happens) => {
    const group = await found({ isForum: true });
    const topic = await group.topic('Music');
    await underWay(group, topic);
    await happens(group, topic);
    dabir.engine.release();
    await settled(group);
    // The user who asked is still served elsewhere.
    await sara.asksFor('tone.ogg', { kind: 'voice' });
    await sara.reads('سلام دنیا');
  });

  test('nothing hangs when the bot may not write and is asked: the file ends', async () => {
    const group = await found();
    await group.bot('muted');
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    await settled(group);
  });
});
