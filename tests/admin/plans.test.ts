import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FileFilter } from '../../src/app/admin/file-ports.ts';
import { findStandstills } from '../../src/app/monitoring/standstills.ts';
import { createUserList } from '../../src/features/accounts/index.ts';
import { createAuditLog } from '../../src/store/admin/audit-log.ts';
import { readLastBackup } from '../../src/store/admin/backups.ts';
import { createBulkChanges } from '../../src/store/admin/bulk-changes.ts';
import { createCharts } from '../../src/store/admin/charts.ts';
import { createEngineOverview } from '../../src/store/admin/engine-overview.ts';
import { createEngineTests } from '../../src/store/admin/engine-tests.ts';
import { createFiles } from '../../src/store/admin/files.ts';
import { createLogLines } from '../../src/store/admin/log-lines.ts';
import { createProcesses } from '../../src/store/admin/processes.ts';
import { createUnsentAnswers } from '../../src/store/admin/unsent-answers.ts';
import { createWatch } from '../../src/store/admin/watch.ts';
import { fillPast } from '../support/past-files.ts';
import { openPlanDatabase, type PlanDatabase, planRounds } from '../support/plan-database.ts';
import { quietReadings } from '../support/readings.ts';

const past = { files: 60_000, users: 29_989, days: 60 };

/** Maximum rows that a page reads for a search without an index: rows of files and of their users. */
const lookedThrough = 5_100;

let database: PlanDatabase['database'];
let reads: PlanDatabase['reads'];
let close: PlanDatabase['close'];

beforeAll(async () => {
  ({ database, reads, close } = await openPlanDatabase(async (client) => {
    await fillPast(client, past);
    await client.query(`
    INSERT INTO log_line (at, process, level, "transcriptionId", message, details)
    SELECT now(), 'worker:here:1', CASE WHEN n % 10 = 0 THEN 40 ELSE 30 END, n, 'a line', '' FROM generate_series(1, 20000) AS n`);
    await client.query(`
    INSERT INTO delivery ("transcriptionId", kind, part, payload, "sentAt") SELECT id, 'status', 0, '{"kind": "cancelled"}', now() FROM transcription`);
    // Answers that cannot be sent: most of them have been tried for long.
    await client.query(`
    UPDATE transcription SET "deliverAfter" = now() + interval '1 minute', "deliverAttempts" = 5 WHERE id % 20 = 3;
    UPDATE transcription SET "unsentSince" = now() - interval '1 hour' WHERE "deliverAfter" IS NOT NULL;
    UPDATE transcription SET "deliverGaveUpAt" = now() WHERE id % 20 = 4`);
    await client.query('ANALYZE');
  }));
});
afterAll(() => close());

const all: FileFilter = { state: null, engine: null, kind: null, search: '' };

test('history figures are the same before and after they are summed up', async () => {
  const charts = createCharts(database, 'Asia/Tehran');
  const before = { month: await charts.points('month'), costs: await charts.costs(7) };
  expect(await database.activity.count()).toBe(0);
  await Promise.all([charts.storeFinishedPeriods(), charts.storeFinishedPeriods()]);
  expect(await database.activity.count()).toBeGreaterThan(0);
  expect(await charts.points('month')).toEqual(before.month);
  expect(await charts.costs(7)).toEqual(before.costs);
  const files = before.month.reduce((sum, point) => sum + point.files, 0);
  // 1,000 files a day for 29 days and the part of today, 18 of 20 completed; less than half a day's files
  // are under way.
  expect(files).toBeGreaterThan(28 * 900);
  expect(files).toBeLessThanOrEqual(30 * 900);
});

test('no page of the admin page scans a whole table, however many files there are', async () => {
  const { watched } = reads;
  const charts = createCharts(database, 'Asia/Tehran');
  const files = createFiles(database);
  const users = createUserList(database);
  const tests = createEngineTests(database);
  const unsent = createUnsentAnswers(database);
  const lines = createLogLines(database);
  const bulk = createBulkChanges(database);
  await charts.storeFinishedPeriods();
  const watch = createWatch(database, { adminIds: new Set([1, 7_777, 999_999_999]) });
  const [old] = findStandstills(quietReadings({ backupSeconds: 1e6 }));
  for (let round = 1; round <= planRounds; round += 1) {
    const before = 1_000 * round;
    await watched('files', () => files.list(all, null, 50));
    await watched('older files', () => files.list(all, before, 50));
    for (const filter of [{ engine: 'vira' }, { kind: 'video' }, { search: 'meeting 59' }] as const)
      await watched(
        `files, ${Object.keys(filter)}`,
        () => files.list({ ...all, ...filter }, null, 50),
        lookedThrough,
      );
    await watched('files, of a user', () => files.list({ ...all, search: String(round) }, null, 50));
    await watched('files, of a @name', () => files.list({ ...all, search: `@person_${round}` }, null, 50));
    for (const state of ['OPEN', 'FAILED', 'PENDING', 'PROCESSING'] as const)
      await watched(`files, ${state}`, () => files.list({ ...all, state }, null, 50));
    await watched(
      'files, failed of an engine',
      () => files.list({ ...all, state: 'FAILED', engine: 'vira' }, null, 50),
      lookedThrough,
    );
    await watched('a file', () => files.find(before));
    await watched('the story of a file', () => files.story(before));
    await watched('unsent answers', () => unsent.list(50));
    await watched('an answer again', () => unsent.retry(before + 3));
    await watched('the log', () => lines.tail(100, false));
    await watched('warnings', () => lines.tail(100, true));
    await watched('the log of a file', () => lines.ofFile(before, 100));
    // The rows that are counted are read, up to 10,000 files of a state.
    await watched('a count', () => bulk.count('retry', all), 10_100);
    const change = await watched('many files', () => bulk.add('retry', all, 1, 1, 0));
    const taken = await watched('to change', () => bulk.lease('a bot', 60_000));
    if (taken === null) throw new Error(`change ${change} is not there`);
    const start = { step: 0, cursor: null };
    await watched('the next of many', () => bulk.next(taken, start, 20), 300);
    await watched(
      'the next to cancel',
      () => bulk.next({ ...taken, action: 'cancel' }, { step: 0, cursor: before }, 20),
      300,
    );
    await watched('marked', () => bulk.saveProgress(taken, start, { done: 1, skipped: 0 }, 60_000));
    await watched('finished', () => bulk.finish(taken));
    await watched('released', () => bulk.release(taken));
    await watched('open changes', () => bulk.listUnended());
    await watched('a change', () => bulk.find(change));
    await watched('users', () => users.list('', null, 50));
    await watched('users, by name', () => users.list('No. 149', null, 50), lookedThrough);
    await watched('a user', () => users.list(`@person_${round}`, null, 50));
    await watched('a day', () => charts.points('day'));
    await watched('a month', () => charts.points('month'));
    await watched('costs', () => charts.costs(7));
    await watched('closing', () => charts.storeFinishedPeriods());
    await watched('audit', () => createAuditLog(database).list(before, 100));
    await watched('last backup', () => readLastBackup(database));
    await watched('processes', () => createProcesses(database, 'a bot', '1').list());
    // 200 jobs of each of six engines.
    await watched('engines', () => createEngineOverview(database).list(), 6 * 200 + 100);
    await watched('scores', () => createEngineOverview(database).scores(), 20_000);
    const fence = (await watched('watch, take', () => watch.lease('a bot', 60_000))) ?? 0;
    await watched('watch, note', () => watch.recordStandstills(fence, old === undefined ? [] : [old]));
    const notices = await watched('watch, due', () => watch.due());
    // Six of the users are admins, and two of ADMIN_IDS besides.
    expect(notices).toHaveLength(round === 1 ? 8 : 0);
    for (const notice of notices) await watched('watch, told', () => watch.told(fence, notice));
    await watched('watch, forget', () => watch.forget(fence, []));
    await watched('watch, mute', () => watch.mute(round, null));
    await watched('ask', () => tests.ask('local', 1));
    const test = await watched('take', () => tests.lease(['local']));
    await watched('end', () => tests.end(test?.id ?? 0, { text: 'سلام', error: null }));
  }
  expect(reads.extraWordCost()).toEqual([]);
});
