import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openLoad } from '../../../src/store/backup/load.ts';
import { openSnapshot } from '../../../src/store/backup/snapshot.ts';
import { connect } from '../../../src/store/connection.ts';
import { freshDatabase, withDatabase } from '../../support/databases.ts';

let source: Awaited<ReturnType<typeof freshDatabase>>;
let target: Awaited<ReturnType<typeof freshDatabase>>;
const clients: pg.Client[] = [];

beforeAll(async () => {
  [source, target] = await Promise.all([freshDatabase(), freshDatabase()]);
});
// A snapshot's lock ends with its connection.
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
});
afterAll(async () => {
  await Promise.all([source?.drop(), target?.drop()]);
});

async function opened(url: string): Promise<pg.Client> {
  const client = await connect(url, 'a test');
  clients.push(client);
  return client;
}

test('a snapshot blocks no writer, and has nothing that is written after it was opened', async () => {
  const person = (id: number) =>
    withDatabase(source.url, (client) =>
      client.query(`INSERT INTO "user" (id, "firstName") VALUES (${id}, 'Sara')`),
    );
  await person(1);
  const snapshot = await openSnapshot(await opened(source.url));
  await person(2);
  const user = snapshot.tables.find(({ name }) => name === 'user');
  expect(user?.rows).toBe(1);
  expect((await text(snapshot.rows(user ?? { name: '', columns: [] }))).split('\n')).toHaveLength(2);
  await snapshot.close();
});

test('generated columns are computed again, and identity columns keep their numbers', async () => {
  const table = `CREATE TABLE odd (id int GENERATED ALWAYS AS IDENTITY, length int,
                   doubled int GENERATED ALWAYS AS (length * 2) STORED, gone int)`;
  await withDatabase(source.url, async (client) => {
    await client.query(`${table}; ALTER TABLE odd DROP COLUMN gone`);
    await client.query('INSERT INTO odd (length) VALUES (4), (5); DELETE FROM odd WHERE length = 4');
  });
  await withDatabase(target.url, (client) => client.query(`${table}; ALTER TABLE odd DROP COLUMN gone`));
  const snapshot = await openSnapshot(await opened(source.url));
  expect(snapshot.tables.find(({ name }) => name === 'odd')?.columns).toEqual(['id', 'length']);
  const load = await openLoad(await opened(target.url), snapshot.tables);
  for (const table of snapshot.tables) await pipeline(snapshot.rows(table), load.rows(table));
  await load.commit(snapshot.sequences);
  const { rows } = await withDatabase(target.url, async (client) => {
    await client.query('INSERT INTO odd (length) VALUES (6)');
    return client.query('SELECT * FROM odd ORDER BY id');
  });
  expect(rows).toEqual([
    { id: 2, length: 5, doubled: 10 },
    { id: 3, length: 6, doubled: 12 },
  ]);
});

test('a row that did not arrive is detected before anything is committed', async () => {
  const empty = await freshDatabase();
  try {
    const snapshot = await openSnapshot(await opened(source.url));
    const tables = snapshot.tables.filter(({ name }) => name !== 'odd');
    const load = await openLoad(await opened(empty.url), tables);
    await expect(load.commit(snapshot.sequences)).rejects.toThrow(
      /^0 of 1 rows of the table release arrived\.$|^0 of \d+ rows/,
    );
  } finally {
    await empty.drop();
  }
});
