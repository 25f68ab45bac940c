import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src/domain/engine.ts';
import { createDueQuery } from '../../src/store/due-query.ts';
import { createModelWishes } from '../../src/store/model-wishes.ts';
import { modelWork } from '../../worker/models.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

let database: TestDatabase;
let drop: () => unknown;
beforeAll(async () => {
  const fresh = await freshDatabase();
  database = openTestDatabase(fresh.url, 2);
  drop = () => fresh.drop();
});
afterAll(async () => {
  await database.close();
  await drop();
});

const never = new AbortController().signal;

/** A worker with one engine; `answers` are the engine's, in order. */
function worker(answers: boolean[], retryMs?: number) {
  const asked: unknown[] = [];
  const changeModel: Engine['changeModel'] = async (name, wish) => {
    asked.push([name, wish]);
    return answers.shift() ?? true;
  };
  const work = modelWork(
    createModelWishes(database),
    [{ changeModel } as Engine, {} as Engine],
    ...(retryMs === undefined ? [] : [retryMs]),
  );
  const look = createDueQuery(database, { models: work.isDue });
  return {
    asked,
    isDue: async () => (await look()).has('models'),
    round: () => work.round(never),
  };
}

test('every worker follows the models that admins want once, in the order of the wishes', async () => {
  const wishes = createModelWishes(database);
  const first = worker([]);
  expect(await first.isDue()).toBe(false);
  await wishes.ask('shenava-rizeh', true, 7, true);
  await wishes.ask('small', false, 7, false);
  expect(await first.isDue()).toBe(true);
  await first.round();
  const both = [
    ['shenava-rizeh', { isWanted: true, agreement: 'admin 7, on the admin page' }],
    ['small', { isWanted: false, agreement: null }],
  ];
  expect(first.asked).toEqual(both);
  expect(await first.isDue()).toBe(false);
  // Another worker, or the same one after a restart, follows them too.
  const second = worker([]);
  expect(await second.isDue()).toBe(true);
  await second.round();
  expect(second.asked).toEqual(both);
  // A wish that is asked again is followed again.
  await wishes.ask('small', true, 8, false);
  expect(await first.isDue()).toBe(true);
  await first.round();
  expect(first.asked.slice(2)).toEqual([['small', { isWanted: true, agreement: null }]]);
});

test('a model that could not be downloaded is tried again after a pause, and the others are not', async () => {
  const wishes = createModelWishes(database);
  await database.execute`DELETE FROM model_wish`;
  await wishes.ask('small', true, 7, false);
  await wishes.ask('medium', true, 7, false);
  const { asked, isDue, round } = worker([false, true, true], 300);
  await round();
  expect(asked).toHaveLength(2);
  expect(await isDue()).toBe(false);
  await until(async () => (await isDue()) || undefined);
  await round();
  expect(asked.slice(2)).toEqual([['small', { isWanted: true, agreement: null }]]);
  expect(await isDue()).toBe(false);
});
