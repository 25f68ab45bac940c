import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const users = 10;
const filesEach = 5;

/** Maximum edits of the message that speaks for a user's files; no other message is edited. */
const maxEdits = 8;

/** The first line of the message that speaks for several files. */
const isOfBurst = /^[\d۰-۹]+ (?:files?|فایل)/u;

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ formsBursts: true, flood: { randomPercent: 5, seed: 4 } });
});
afterAll(() => dabir.close());

/** The long form, with processes of their own and figures, is `npm run bench:flood`. */
describe('many users send many files at once while Telegram refuses a call in twenty:', () => {
  let notes: readonly { readonly person: Person; readonly note: number }[];

  beforeAll(async () => {
    const crowd = await Promise.all(
      Array.from({ length: users }, (_, number) => dabir.person(`P${number}`, number % 2 ? 'fa' : 'en')),
    );
    const sent = crowd.map(async (person) => {
      const own = [];
      for (let file = 0; file < filesEach; file += 1) {
        const note = await person.sends('tone.ogg', { kind: 'voice', caption: 'local txt' });
        own.push({ person, note });
      }
      return own;
    });
    notes = (await Promise.all(sent)).flat();
  });

  test('when many people flood a bot that Telegram refuses at times, each gets every message once and no stale status stays', async () => {
    /**
     * Returns the texts in answer to a note, without the message that speaks for all of them. Its status message may
     * come after the answer, when it was refused at first.
     */
    const textsTo = ({ person, note }: (typeof notes)[number]) =>
      person.answers(note).flatMap(({ text = '' }) => (text === '' || isOfBurst.test(text) ? [] : [text]));
    /** Returns the names of a person's files, which come in albums of several notes. */
    const filesOf = (person: Person) => person.answers().flatMap(({ document }) => document?.file_name ?? []);
    const crowd = [...new Set(notes.map(({ person }) => person))];
    await until(
      () =>
        notes.every((one) => textsTo(one).length > 0) &&
        crowd.every((person) => filesOf(person).length >= filesEach),
      () => JSON.stringify([notes.map(textsTo), crowd.map(filesOf)]),
    );
    await until(async () => (await dabir.shared.database.delivery.count({ where: { sentAt: null } })) === 0);
    expect(notes).toHaveLength(users * filesEach);
    for (const one of notes) expect(textsTo(one)).toEqual(['سلام دنیا']);
    for (const person of crowd) {
      expect(filesOf(person)).toHaveLength(filesEach);
      expect(new Set(filesOf(person)).size).toBe(filesEach);
    }
    // An album holds the files of several notes.
    const albums = crowd.flatMap((person) => person.answers().filter(({ media_group_id }) => media_group_id));
    expect(albums.length).toBeGreaterThan(0);
  });

  test('when many people flood a bot that Telegram refuses at times, no call is too fast and no status is edited often', () => {
    const report = dabir.playground.flood();
    expect(report?.byChance).toBeGreaterThan(0);
    expect(report?.tooFast).toBe(0);
    expect(Math.max(...Object.values(report?.edits ?? {}))).toBeLessThanOrEqual(maxEdits);
  });
});
