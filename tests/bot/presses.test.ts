// The fault numbers in titles are those of docs/faults.md.

import type { Update } from 'grammy/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseContents } from '../support/database-contents.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;

beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

const everything = () => databaseContents(dabir.shared.database);

async function idOf({ id }: Person): Promise<number> {
  const row = await dabir.shared.database.transcription.findFirst({ where: { userId: id } });
  return Number(row?.id);
}

describe('fault 25: a press without permission has no effect', () => {
  let sara: Person;
  let eve: Person;
  let hers: number;
  let eves: number;
  let statusOfEve: number;

  beforeAll(async () => {
    sara = await dabir.person('سارا', 'fa');
    eve = await dabir.person('Eve', 'en');
    await sara.status(await sara.sends('tone.ogg', voice));
    // Eve's own file has ended, so nothing of hers may change either.
    const { note, status } = await eve.asksFor('tone.ogg', voice);
    await eve.ending(note);
    statusOfEve = status;
    [hers, eves] = [await idOf(sara), await idOf(eve)];
    await until(async () => {
      const file = await dabir.shared.database.transcription.findUnique({ where: { id: eves } });
      return file?.deliverAfter === null;
    });
  });

  test('fault 25: a press without permission has no effect on another user’s file', async () => {
    const before = await everything();
    for (const data of [`engine:${hers}:local`, `cancel:${hers}`, `refresh:${hers}`]) {
      expect(await eve.forges(statusOfEve, data)).toBe(eve.word('answer-unknown'));
    }
    expect(await everything()).toEqual(before);
  });

  test('fault 25: a press without permission has no effect on the user’s own file, long after its end', async () => {
    const before = await everything();
    const looks = eve.looks(statusOfEve);
    expect(await eve.forges(statusOfEve, `engine:${eves}:local`)).toBe(eve.word('answer-already'));
    expect(await eve.forges(statusOfEve, `refresh:${eves}`)).toBe(eve.word('answer-already'));
    expect(await eve.forges(statusOfEve, `cancel:${eves}`)).toBe(eve.word('answer-ended'));
    expect(await everything()).toEqual(before);
    expect(eve.looks(statusOfEve)).toEqual(looks);
  });

  test('fault 25: a press without permission has no effect on a message that is gone', async () => {
    const before = await everything();
    expect(await eve.forges(999_999, `cancel:${eves}`)).toBe(eve.word('answer-ended'));
    expect(await eve.forges(999_999, 'nonsense')).toBe(eve.word('answer-unknown'));
    expect(await everything()).toEqual(before);
  });
});

test('a button that is pressed many times at once decides once', async () => {
  const emma = await dabir.person('Emma', 'en');
  const note = await emma.sends('tone.ogg', voice);
  const { message_id: status } = await emma.status(note);
  const data = emma.dataOf(status, 'LOCAL');
  const answers = await Promise.all(Array.from({ length: 10 }, () => emma.forges(status, data)));
  expect(answers.filter((answer) => answer === emma.word('answer-started'))).toHaveLength(1);
  expect(answers.filter((answer) => answer === emma.word('answer-already'))).toHaveLength(9);
  expect(await emma.ending(note)).toMatch(/^✓/);
  expect(emma.answers(note)).toHaveLength(4);
});

test('fault 8: the same update fifty times at once gives one transcription and one question', async () => {
  const omid = await dabir.person('Omid', 'fa');
  const note = await omid.sends('tone.ogg', voice);
  await omid.status(note);
  const { reactions: _, ...message } = omid.chat.get(note) as Update['message'] & { reactions?: unknown };
  const update = { update_id: 1, message } as Update;
  await Promise.all(Array.from({ length: 50 }, () => dabir.bot.handle(update, () => undefined)));
  expect(await dabir.shared.database.transcription.count({ where: { userId: omid.id } })).toBe(1);

  // The same holds for a user whom the bot has never seen.
  const unseen = { update_id: 2, message: { ...message, message_id: note + 1_000 } } as Update;
  await Promise.all(Array.from({ length: 50 }, () => dabir.bot.handle(unseen, () => undefined)));
  expect(await dabir.shared.database.transcription.count({ where: { userId: omid.id } })).toBe(2);
  expect(omid.answers().filter(({ text }) => text === omid.word('status-choosing'))).toHaveLength(2);
});
