import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxEntries } from '../../../src/domain/glossary.ts';
import { createGlossary, type Glossary } from '../../../src/features/glossary/store.ts';
import { freshDatabase } from '../../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let glossary: Glossary;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url);
  glossary = createGlossary(database);
});
afterAll(async () => {
  await database.close();
  await drop();
});

let next = 1;
/** Creates a new user whose corrections taught these, each as `heard → spelling` or a spelling alone. */
async function somebody(...said: (readonly [string | null, string])[]): Promise<number> {
  const { id } = await database.user.create({ data: { id: next++, firstName: 'P' } });
  for (const [misspelling, spelling] of said) await glossary.add(Number(id), misspelling, spelling);
  return Number(id);
}
const all = async (user: number) =>
  Object.fromEntries(
    (await glossary.entries(user)).map(({ spelling, misspellings }) => [spelling, misspellings]),
  );

test('misspellings are grouped under their spelling, newest first, without duplicates', async () => {
  const user = await somebody(['tabir', 'Dabir'], ['dabeer', 'Dabir'], ['tabir', 'Dabir']);
  expect(await all(user)).toEqual({ Dabir: ['tabir', 'dabeer'] });
});

test('the newest spelling for a heard form wins', async () => {
  const user = await somebody(['tabir', 'Dabir'], ['tabir', 'Tabriz']);
  expect(await all(user)).toEqual({ Dabir: [], Tabriz: ['tabir'] });
});

test('a spelling never replaces itself, and changes of mind never form a cycle', async () => {
  expect(await all(await somebody([null, 'Dabir'], ['Dabir', 'Dabir']))).toEqual({ Dabir: [] });
  const { id } = await database.user.create({ data: { id: next++, firstName: 'P' } });
  const learn = (misspelling: string, spelling: string) =>
    database.query`SELECT glossary_learn(${id}::bigint, ${misspelling}, ${spelling}, true, 200)`;
  await learn('a', 'b');
  await learn('b', 'c');
  expect(await all(Number(id))).toEqual({ c: ['b', 'a'] });
  await learn('c', 'b');
  expect(await all(Number(id))).toEqual({ b: ['c', 'a'] });
});

test('each spelling of the glossary keeps twenty forms, and a full glossary refuses new entries', async () => {
  const forms = Array.from({ length: 25 }, (_, index) => [`form ${index}`, 'Dabir'] as const);
  const user = await somebody(...forms);
  const { Dabir: kept = [] } = await all(user);
  expect(kept).toHaveLength(20);
  expect(kept[0]).toBe('form 24');
  for (let count = 1; count < maxEntries; count += 1) await glossary.add(user, null, `word ${count}`);
  expect(await glossary.add(user, null, 'one more')).toBe('full');
  expect(await glossary.add(user, 'still', 'Dabir')).toBe('learnt');
});

test('glossary entries that are added at the same moment are all kept', async () => {
  const user = await somebody();
  await Promise.all(Array.from({ length: 10 }, (_, index) => glossary.add(user, `form ${index}`, 'Dabir')));
  expect((await all(user))['Dabir']).toHaveLength(10);
});
