import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHistory, type History } from '../../../src/features/history/store.ts';
import { createLanes } from '../../../src/store/lanes.ts';
import { freshDatabase } from '../../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { patientLanes, submitted, upload } from '../../support/uploads.ts';

let database: TestDatabase;
let drop: () => Promise<void>;
let history: History;
let user = 0;
let message = 0;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 5);
  history = createHistory(database);
});
afterAll(async () => {
  await database?.close();
  await drop?.();
});
beforeEach(() => {
  user += 1;
});

/** Transcribes a file of the user with this text. Returns its id. */
async function spoken(text: string): Promise<number> {
  const lanes = createLanes(database, patientLanes);
  message += 1;
  const { id } = await submitted(lanes, {
    ...upload({ user, messageId: message }),
    fileUniqueId: `file ${message}`,
  });
  const choice = await lanes.choose(id, user, 'local');
  const job = choice.outcome === 'chosen' && choice.next && (await lanes.claim(choice.next, 'a worker'));
  if (!job) throw new Error('nothing to claim');
  const unknown = { averageLogProbability: null, noSpeechProbability: null, compressionRatio: null };
  const segments = [{ start: 0, end: 1, text, words: [], ...unknown }];
  await lanes.finish(job, {
    state: 'COMPLETED',
    usage: null,
    durationSeconds: 1,
    transcript: { language: 'fa', languageProbability: null, segments },
    deliveries: [],
  });
  return id;
}

const page = (word: string, within = history) => within.page(user, { words: [word], from: null, limit: 50 });
const found = async (word: string) => (await page(word)).entries.map(({ id }) => id);
const rows = (ids: readonly number[]) =>
  database.search.count({ where: { transcriptionId: { in: [...ids] } } });

test('a transcript is indexed when its user searches first, and not before', async () => {
  const id = await spoken('یک پیام دربارهٔ زعفران');
  expect(await rows([id])).toBe(0);
  expect(await found('زعفران')).toEqual([id]);
  expect(await rows([id])).toBe(1);
  const next = await spoken('زعفران دوباره');
  expect(await found('زعفران')).toEqual([next, id]);
});

test('a search of one user indexes nothing of another', async () => {
  const id = await spoken('زعفران');
  user += 1;
  expect(await found('زعفران')).toEqual([]);
  expect(await rows([id])).toBe(0);
});

test('a search finds a transcript by its corrected words, and no more by those of before', async () => {
  const id = await spoken('یک پیام دربارهٔ زعفران');
  expect(await found('زعفران')).toEqual([id]);
  await database.transcript.update({
    where: { transcriptionId: id },
    data: { text: 'یک پیام دربارهٔ زردچوبه' },
  });
  expect(await found('زعفران')).toEqual([]);
  expect(await found('زردچوبه')).toEqual([id]);
});

test('searches at the same time all find every transcript', async () => {
  const ids: number[] = [];
  for (let file = 0; file < 30; file += 1) ids.unshift(await spoken(`زعفران ${file}`));
  const all = await Promise.all([found('زعفران'), found('زعفران'), found('زعفران')]);
  expect(all).toEqual([ids, ids, ids]);
});

test('a search that may take no longer says that it is incomplete, and the next one continues with older transcripts', async () => {
  const ids: number[] = [];
  for (let file = 0; file < 50; file += 1) ids.unshift(await spoken('زعفران'));
  const impatient = createHistory(database, 0);
  const first = await page('زعفران', impatient);
  expect(first.isIncomplete).toBe(true);
  expect(first.entries.map(({ id }) => id)).toEqual(ids.slice(0, 20));
  expect(await page('زعفران', impatient)).toMatchObject({ isIncomplete: true, entries: { length: 40 } });
  expect(await page('زعفران', impatient)).toMatchObject({ isIncomplete: false, entries: { length: 50 } });
});

test('a deleted transcript leaves no words behind, whether it was indexed or not', async () => {
  const lanes = createLanes(database, patientLanes);
  const indexed = await spoken('زعفران');
  await found('زعفران');
  const fresh = await spoken('زعفران');
  await lanes.delete(indexed, user);
  await lanes.delete(fresh, user);
  expect(await found('زعفران')).toEqual([]);
  expect(await rows([indexed, fresh])).toBe(0);
  expect(await database.transcript.count({ where: { userId: user } })).toBe(0);
});
