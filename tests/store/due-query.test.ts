/** One statement says which kinds of work are due: the same that the statements find that take the work. */

import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { FileFilter } from '../../src/app/admin/file-ports.ts';
import { createBroadcasts, isBroadcastDue } from '../../src/features/broadcasts/index.ts';
import { createBursts, isBurstDue } from '../../src/features/bursts/index.ts';
import {
  createErasures,
  createExports,
  isErasureDue,
  isExportDue,
} from '../../src/features/my-data/index.ts';
import { createBulkChanges, isBulkChangeDue, isBulkChangeOpen } from '../../src/store/admin/bulk-changes.ts';
import { createEngineTests, isEngineTestDue } from '../../src/store/admin/engine-tests.ts';
import { createDeliveries, isDeliveryDue } from '../../src/store/deliveries.ts';
import { createDueQuery } from '../../src/store/due-query.ts';
import { isPickerDue, isSweepDue } from '../../src/store/lanes.ts';
import { arePausesOther, createPauses } from '../../src/store/pauses.ts';
import { freshDatabase } from '../support/databases.ts';
import { fillLanes } from '../support/full-lanes.ts';
import { ended, queued } from '../support/lane-files.ts';
import { openLaneStore } from '../support/lane-store.ts';
import { openTestDatabase } from '../support/test-database.ts';
import { submitted, upload } from '../support/uploads.ts';
import { watchReads } from '../support/watched-reads.ts';

const { database, lanes, change, close } = await openLaneStore(2);
afterAll(close);

const conditions = {
  lanes: isSweepDue,
  pickers: isPickerDue,
  outbox: isDeliveryDue,
  bursts: isBurstDue,
  broadcasts: isBroadcastDue,
  erasures: isErasureDue,
  exports: isExportDue,
  'bulk changes': isBulkChangeDue,
  'engine tests': () => isEngineTestDue(['local']),
};
const look = createDueQuery(database, conditions);
const due = async () => [...(await look())];

const all: FileFilter = { state: null, engine: null, kind: null, search: '' };
let user = 100;
beforeEach(async () => {
  user += 1;
  await database.execute`INSERT INTO "user" (id, "firstName") VALUES (${user}::bigint, 'Ali')`;
  expect(await due()).toEqual([]);
});

const past = () => new Date(Date.now() - 1_000);

test('a broadcast is due from its start until a process takes it', async () => {
  const broadcasts = createBroadcasts(database, {
    access: 'open',
    allowedIds: new Set(),
    adminIds: new Set(),
  });
  const id = await broadcasts.draft(user, { text: 'Hello', entities: [] });
  expect(await due()).toEqual([]);
  await broadcasts.start(id);
  expect(await due()).toEqual(['broadcasts']);
  expect(await broadcasts.lease('one', 60_000)).toMatchObject({ id });
  expect(await due()).toEqual([]);
  await database.broadcast.update({ where: { id }, data: { leaseUntil: past() } });
  expect(await due()).toEqual(['broadcasts']);
  await broadcasts.lease('another', 60_000);
});

test('an export is due when its message is sent, until a worker takes it', async () => {
  const exports = createExports(database);
  await exports.begin(user, 1, true);
  await database.export.update({ where: { userId: user }, data: { leaseUntil: past() } });
  expect(await due()).toEqual(['exports']);
  expect(await exports.lease(60_000)).toMatchObject({ userId: user });
  expect(await due()).toEqual([]);
});

test('an erasure is due after its confirmation, until a worker takes it', async () => {
  const erasures = createErasures(database);
  await erasures.ask(user);
  expect(await due()).toEqual([]);
  await erasures.begin(user, 'en', 60_000);
  await database.erasure.update({ where: { userId: user }, data: { leaseUntil: past() } });
  expect(await due()).toEqual(['erasures']);
  expect(await erasures.lease(60_000)).toMatchObject({ userId: user });
  expect(await due()).toEqual([]);
});

test('a bulk change is due when it can no longer be undone, until a process takes it', async () => {
  const changes = createBulkChanges(database);
  const ahead = createDueQuery(database, { ahead: isBulkChangeOpen });
  expect(await ahead()).toEqual(new Set());
  const later = await changes.add('cancel', all, user, 1, 60_000);
  expect(await due()).toEqual([]);
  expect(await ahead()).toEqual(new Set(['ahead']));
  await changes.stop(later);
  expect(await ahead()).toEqual(new Set());
  const id = await changes.add('cancel', all, user, 1, 0);
  expect(await due()).toEqual(['bulk changes']);
  expect(await changes.lease('one', 60_000)).toMatchObject({ id });
  expect(await due()).toEqual([]);
});

test('an engine test is due on a worker that has the engine, until one takes it', async () => {
  const tests = createEngineTests(database);
  await tests.ask('vira', user);
  expect(await due()).toEqual([]);
  await tests.ask('local', user);
  expect(await due()).toEqual(['engine tests']);
  expect(await tests.lease(['local'])).toMatchObject({ engine: 'local' });
  expect(await due()).toEqual([]);
});

test('an answer is due that was not sent in time, until a worker takes it', async () => {
  const id = await ended(lanes, user);
  await change(id, { deliverAfter: past() });
  expect(await due()).toEqual(['outbox']);
  expect(await createDeliveries(database).leaseDue(1)).toMatchObject([{ transcription: { id } }]);
  expect(await due()).toEqual([]);
});

test('a sweep is due when a lease is over, or when a lane has an empty slot', async () => {
  const token = await queued(lanes, user);
  await database.lane.update({ where: { userId: user }, data: { leaseUntil: past() } });
  expect(await due()).toEqual(['lanes']);
  expect(await lanes.sweep()).toEqual([token]);
  expect(await due()).toEqual([]);
  const { id: waits } = await submitted(lanes, upload({ user }));
  await lanes.choose(waits, user, 'local');
  await database.transcription.delete({ where: { id: token.id } });
  expect(await due()).toEqual(['lanes']);
  expect(await lanes.sweep()).toMatchObject([{ id: waits }]);
  expect(await due()).toEqual([]);
});

test('a picker is due that was never sent', async () => {
  const { id } = await submitted(lanes, upload({ user }));
  await change(id, { runAfter: past() });
  expect(await due()).toEqual(['pickers']);
  expect(await lanes.leaseUnshown(1)).toMatchObject([{ id }]);
  expect(await due()).toEqual([]);
});

test('the message of a burst is due when it is out of date, until a process takes it', async () => {
  const { id } = await database.burst.create({ data: { userId: user, messageId: 1, updateAfter: past() } });
  expect(await due()).toEqual(['bursts']);
  expect(await createBursts(database, { maxGapMs: 10_000, dispatchMs: 1_000 }).leaseDue(1)).toMatchObject([
    { id: Number(id) },
  ]);
  expect(await due()).toEqual([]);
});

test('pauses are other than the known ones before they are read, and after each change', async () => {
  const pauses = createPauses(database);
  let known: Parameters<typeof arePausesOther>[0] = null;
  const lookAtPauses = createDueQuery(database, { pauses: () => arePausesOther(known) });
  const read = async () => {
    known = (await pauses.list()).map(({ engine }) => engine);
    expect(await lookAtPauses()).toEqual(new Set());
  };
  expect(await lookAtPauses()).toEqual(new Set(['pauses']));
  await read();
  for (const engine of ['vira', 'local'] as const) {
    await pauses.pause(engine, user);
    expect(await lookAtPauses()).toEqual(new Set(['pauses']));
    await read();
  }
  // Another release may have paused an engine that this one does not know.
  await database.execute`INSERT INTO engine_pause (engine, "pausedById") VALUES ('new', ${user}::bigint)`;
  expect(await lookAtPauses()).toEqual(new Set());
  await pauses.resume('vira');
  expect(await lookAtPauses()).toEqual(new Set(['pauses']));
});

test('a look that was planned while all tables were empty scans none of them when they are full', async () => {
  const fresh = await freshDatabase();
  const connection = openTestDatabase(fresh.url, 1);
  try {
    const reads = watchReads(connection);
    const lookOnOne = createDueQuery(connection, conditions);
    // After five runs PostgreSQL may keep one plan for good (`plan_cache_mode`).
    for (let run = 0; run < 8; run += 1) await lookOnOne();
    const client = new pg.Client({ connectionString: fresh.url });
    await client.connect();
    await fillLanes(client, { from: 1, users: 500, ended: 8, open: 2 });
    await client.query('SELECT pg_stat_force_next_flush()');
    await client.end();
    for (let run = 0; run < 8; run += 1) await reads.watched('look', lookOnOne, 1);
    expect(reads.extraWordCost()).toEqual([]);
  } finally {
    await connection.close();
    await fresh.drop();
  }
});
