import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGroups } from '../../../src/features/groups/store.ts';
import { createLanes } from '../../../src/store/lanes.ts';
import { freshDatabase } from '../../support/databases.ts';
import { fillLanes } from '../../support/full-lanes.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { patientLanes, submitted, upload } from '../../support/uploads.ts';
import { type WatchedReads, watchReads } from '../../support/watched-reads.ts';

/**
 * PostgreSQL plans a function's statements for their parameters five times and may then keep a generic plan
 * (`plan_cache_mode`).
 */
const rounds = 8;

/** A group with 2,000 files of 200 users, six of each under way, among 1,800 private chats. */
const group = { id: -1_001_000_000_001, type: 'supergroup', title: 'Friends' };

let database: TestDatabase;
let reads: WatchedReads;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await fillLanes(client, { from: 1, users: 2_000, ended: 4, open: 6 });
  await client.query('INSERT INTO chat (id, type) VALUES ($1, $2)', [group.id, group.type]);
  await client.query(`UPDATE transcription SET "chatId" = ${group.id} WHERE "userId" <= 200`);
  await client.query('UPDATE transcription SET "statusMessageId" = id');
  await client.query('ANALYZE');
  await client.query('SELECT pg_stat_force_next_flush()');
  await client.end();
  database = openTestDatabase(fresh.url, 1);
  reads = watchReads(database);
});
afterAll(async () => {
  await database.close();
  await drop();
});

test('no query about a group scans a whole table or reads many rows, however many files the group has', async () => {
  const lanes = createLanes(database, patientLanes);
  const groups = createGroups(database);
  for (let round = 0; round < rounds; round += 1) {
    const asked = { ...upload({ user: 1_000 + round }), chat: group, fileUniqueId: `voice-${round}` };
    const { id } = await reads.watched('submit', () => submitted(lanes, asked));
    const again = {
      ...asked,
      ...upload({ user: 2_000 + round }),
      chat: group,
      fileUniqueId: `voice-${round}`,
    };
    expect(await reads.watched('submit again', () => submitted(lanes, again))).toMatchObject({
      id,
      created: false,
    });
    await lanes.setStatusMessage(id, 50_000 + round);
    expect(await reads.watched('owner', () => groups.ownerOf(group.id, 50_000 + round))).toBe(1_000 + round);
    await reads.watched('settings', () => groups.settings(group.id));
    await reads.watched('change', () => groups.change(group, { automaticBy: 1 + round }));
    expect(await reads.watched('open', () => groups.listOpen(group.id, 100))).toHaveLength(100);
  }
  expect(reads.tooMuch()).toEqual([]);
});
