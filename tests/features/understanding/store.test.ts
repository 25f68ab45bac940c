/** The tasks of the language model in the database: one at a time for each user, in order, and the money that they reserve. */

import { afterAll, beforeEach, expect, test } from 'vitest';
import { createErasures } from '../../../src/features/my-data/index.ts';
import {
  createSections,
  createSpends,
  createUnderstandingTasks,
} from '../../../src/features/understanding/index.ts';
import { ended } from '../../support/lane-files.ts';
import { openLaneStore } from '../../support/lane-store.ts';

const { database, lanes, close } = await openLaneStore(2);
afterAll(close);
const tasks = createUnderstandingTasks(database);
const limits = { userDay: 1, userMonth: 1, allDay: 1, allMonth: 1 };
const spends = createSpends(database, 'USD', 'UTC', limits);

let user = 100;
let file: number;
beforeEach(async () => {
  await database.understandingTask.deleteMany();
  await database.understandingSpend.deleteMany();
  user += 1;
  file = await transcript(user);
});

/** Makes a completed transcription in a user's private chat. */
async function transcript(of: number): Promise<number> {
  const id = await ended(lanes, of);
  await database.execute`INSERT INTO chat (id, type) VALUES (${of}::bigint, 'private') ON CONFLICT DO NOTHING`;
  await database.execute`UPDATE transcription SET "chatId" = ${of}::bigint, state = 'COMPLETED' WHERE id = ${id}::bigint`;
  return id;
}

const wanted = (kind: 'summary' | 'tasks' | 'chapters', of = user, id = file) => ({
  ...{ userId: of, transcriptionId: id, kind, replyToId: 1 },
  options: { language: 'en' },
});

async function added(...of: Parameters<typeof wanted>): Promise<number> {
  const result = await tasks.add(wanted(...of));
  if (result.outcome !== 'added') throw new Error(result.outcome);
  return result.id;
}
const leased = async () => {
  const task = await tasks.lease('a worker', 60_000);
  if (task === null) throw new Error('nothing is due');
  return task;
};

test('a user’s tasks run one after the other, in order, and another user’s beside them', async () => {
  const [first, second] = [await added('summary'), await added('tasks')];
  const one = await leased();
  expect(one.id).toBe(first);
  expect(await tasks.lease('another worker', 60_000)).toBeNull();
  const other = user + 1_000;
  const others = await added('summary', other, await transcript(other));
  expect((await leased()).id).toBe(others);
  await tasks.end(one, 'DONE');
  expect((await leased()).id).toBe(second);
});

test('a task that is asked for twice is one, and only a user’s own transcript can be named', async () => {
  await added('summary');
  expect(await tasks.add(wanted('summary'))).toEqual({ outcome: 'already' });
  const other = user + 2_000;
  const theirs = await transcript(other);
  expect(await tasks.add(wanted('summary', user, theirs))).toEqual({ outcome: 'unknown' });
  expect(await database.understandingTask.count()).toBe(1);
});

test('a cancelled task is no longer its worker’s, and the next one begins at once', async () => {
  const [first, second] = [await added('summary'), await added('tasks')];
  const task = await leased();
  expect(await tasks.cancel(first, user + 1)).toBe(false);
  expect(await tasks.cancel(first, user)).toBe(true);
  expect(await tasks.renew(task, 60_000)).toBe(false);
  expect(await tasks.end(task, 'DONE')).toBe(false);
  expect((await leased()).id).toBe(second);
});

test('a task whose worker is gone is leased by another, which finds the stored answers', async () => {
  await added('summary');
  const task = await leased();
  const key = 'a'.repeat(64);
  const saved = {
    value: { statements: [] },
    failure: null,
    usage: { inputTokens: 500_000, outputTokens: 1 },
  };
  const price = { perMillionIn: 2, perMillionOut: 0, currency: 'USD' } as const;
  await createSections(database, task, price).save(key, saved);
  await tasks.renew(task, -1_000);
  const again = await tasks.lease('another worker', 60_000);
  expect(again).toMatchObject({ id: task.id, attempts: 2 });
  expect(await createSections(database, task, price).load(key)).toEqual(saved);
  // The response to the first write was lost: the same answer is counted once.
  await createSections(database, task, price).save(key, saved);
  expect((await spends.spentFor(user)).userDay).toBe(1);
  expect(await tasks.renew(task, 60_000)).toBe(false);
});

test('a task that is given back at the end of a process has not used an attempt', async () => {
  await added('summary');
  await tasks.release(await leased(), 0, false);
  expect(await leased()).toMatchObject({ attempts: 1 });
});

test('two runs that start at once see each other’s reservations, and an end frees what is left', async () => {
  const other = user + 3_000;
  await added('summary');
  await added('summary', other, await transcript(other));
  const [one, two] = [await leased(), await leased()];
  const [first, second] = await Promise.all([
    spends.reserve(one.id, one.userId, 3),
    spends.reserve(two.id, two.userId, 3),
  ]);
  expect(Math.max(first.allDay, second.allDay)).toBe(3);
  expect([first.userDay, second.userDay]).toEqual([0, 0]);
  await tasks.end(two, 'FAILED', 'budget-allDay');
  expect(await spends.spentFor(user)).toEqual({ userDay: 3, userMonth: 3, allDay: 3, allMonth: 3 });
  await tasks.end(one, 'DONE');
  expect(await spends.spentFor(user)).toEqual({ userDay: 0, userMonth: 0, allDay: 0, allMonth: 0 });
});

test('what an ended task cost counts after its transcript is deleted', async () => {
  await added('summary');
  const task = await leased();
  const price = { perMillionIn: 1, perMillionOut: 1, currency: 'USD' } as const;
  const saved = {
    value: null,
    failure: 'refused',
    usage: { inputTokens: 1_000_000, outputTokens: 0 },
  } as const;
  await lanes.delete(file, user);
  await createSections(database, task, price).save('b'.repeat(64), saved);
  expect(await database.understandingTask.count()).toBe(0);
  expect(await database.understandingCall.count()).toBe(0);
  expect((await spends.spentFor(user)).userMonth).toBe(1);
});

test('a tick is set and removed in the stored result, and only by its user', async () => {
  const id = await added('tasks');
  const task = await leased();
  const item = { text: 'a', segments: [1], quote: 'a', start: 0, end: 1, who: null, due: null, amounts: [] };
  const about = { model: 'm', language: 'en', leftOut: 0, isIncomplete: false };
  await tasks.setResult(task, { kind: 'tasks', ...about, items: [item] });
  expect(await tasks.tick(id, user + 1, 0)).toBeNull();
  expect(await tasks.tick(id, user, 1)).toBeNull();
  for (const isTicked of [true, false])
    expect((await tasks.tick(id, user, 0))?.result).toMatchObject({ items: [{ isTicked }] });
});

test('erasing an account deletes tasks and forms, and keeps what was spent in 31 days', async () => {
  await added('summary');
  const ofUser = { userId: user };
  await database.minutesTemplate.create({ data: { ...ofUser, name: 'Standup', sections: [] } });
  const spend = { ...ofUser, kind: 'summary', inputTokens: 1, outputTokens: 1, amount: 1, currency: 'USD' };
  await database.understandingSpend.create({
    data: { ...spend, at: new Date(Date.now() - 40 * 86_400_000) },
  });
  await database.understandingSpend.create({ data: spend });
  await lanes.delete(file, user);
  await tasks.add({ ...wanted('summary'), transcriptionId: null, kind: 'question' });
  const erasures = createErasures(database);
  while ((await erasures.eraseAccount(user, 10)).left);
  expect(await database.understandingTask.count({ where: ofUser })).toBe(0);
  expect(await database.minutesTemplate.count({ where: ofUser })).toBe(0);
  expect(await database.understandingSpend.count({ where: ofUser })).toBe(1);
  expect(await database.user.count({ where: { id: user } })).toBe(1);
  await database.understandingSpend.deleteMany({ where: ofUser });
  expect(await erasures.eraseAccount(user, 10)).toEqual({ left: false, stays: false });
});
