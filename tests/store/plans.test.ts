import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deliveries, Lanes, Outcome, Transcripts } from '../../src/app/ports.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { DabirError } from '../../src/domain/errors.ts';
import type { Job } from '../../src/domain/transcription.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { type Database, openDatabase } from '../../src/store/client.ts';
import { createDeliveries } from '../../src/store/deliveries.ts';
import { createEngineReports } from '../../src/store/engine-reports.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { createTranscripts } from '../../src/store/transcripts.ts';
import { freshDatabase } from '../support/databases.ts';
import { fillLanes } from '../support/full-lanes.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

/**
 * The tables that grow. The database counts what is read from them while the program runs as in production: a
 * sequential scan is seen wherever it happens, in a function, a trigger or a foreign key's check, and an index that is
 * read from end to end shows in the rows. (engine_report has a row for each worker and engine, and is read whole.)
 */
const tables = [
  'user',
  'chat',
  'setting',
  'lane',
  'transcription',
  'transcript',
  'part',
  'delivery',
  'state_change',
  'usage',
];

/** Functions plan anew five times and may then settle on a plan for any parameters (PostgreSQL, plan_cache_mode). */
const rounds = 8;

/** lane_before counts up to 100 files ahead; nothing else reads more than a few rows. */
const mostRows = 130;

/** The person whose lane is full, among 2,000 with one file that waits. */
const busy = 5_000;

let database: Database;
let lanes: Lanes;
let deliveries: Deliveries;
let transcripts: Transcripts;
let drop: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await fillLanes(client, { from: 1, people: 2_000, ended: 8, open: 2 });
  await fillLanes(client, { from: busy, people: 1, ended: 1_000, open: 4_000 });
  await client.query('ANALYZE');
  // What filling read is counted now, not while the first call is watched.
  await client.query('SELECT pg_stat_force_next_flush()');
  await client.end();
  // One connection: what it has planned and counted is all there is.
  database = openDatabase(fresh.url, 1);
  lanes = createLanes(database, patientLanes);
  deliveries = createDeliveries(database);
  transcripts = createTranscripts(database);
});
afterAll(async () => {
  await database.$disconnect();
  await drop();
});

type Reads = { readonly scans: number; readonly rows: number };

/** Sequential scans of each table until now, and rows read from it in any way. */
async function readsSoFar(): Promise<Map<string, Reads>> {
  await database.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  const counts = await database.$queryRaw<(Reads & { table: string })[]>`
    SELECT relname AS table, seq_scan::int AS scans, (seq_tup_read + idx_tup_fetch)::int AS rows
      FROM pg_stat_user_tables WHERE relname = ANY(${tables})`;
  return new Map(counts.map(({ table, ...reads }) => [table, reads]));
}

/** What each call read beyond what it may, in words. */
const tooMuch = new Set<string>();

/** Makes a call and holds what it reads against what it may. */
async function watched<T>(name: string, call: () => Promise<T>): Promise<T> {
  const before = await readsSoFar();
  const answer = await call();
  for (const [table, { scans, rows }] of await readsSoFar()) {
    const scanned = scans - (before.get(table)?.scans ?? 0);
    const read = rows - (before.get(table)?.rows ?? 0);
    if (scanned > 0) tooMuch.add(`${name} reads ${table} from end to end`);
    if (read > mostRows) tooMuch.add(`${name} reads ${read} rows of ${table}`);
  }
  return answer;
}

test('nothing on a file’s way reads a table from end to end, or many rows, however many wait', async () => {
  const reports = createEngineReports(database, 'a worker');
  for (let round = 0; round < rounds; round += 1) {
    for (const user of [busy, 10_000 + round]) await oneFilesWay(user);
    await watched('sweep', () => lanes.sweep());
    await watched('prune', () => lanes.prune(1_000));
    await watched('queuedOn', () => lanes.queuedOn('local', 20));
    await watched('takeUnshown', () => lanes.takeUnshown(20));
    await watched('lastEngine', () => reports.lastEngine(busy));
    await watched('report', () => reports.report(localProfile, { state: 'ready' }));
    await watched('offers', () => reports.offers());
  }
  expect([...tooMuch]).toEqual([]);
});

/** All that can happen to a file; at the head of the line it is whoever is there. */
async function oneFilesWay(user: number): Promise<void> {
  const file = upload({ user });
  const { id } = await watched('submit', () => submitted(lanes, file));
  await watched('submit, the second time', () => lanes.submit(file));
  await watched('setStatusMessage', () => lanes.setStatusMessage(id, 1));
  await watched('choose', () => lanes.choose(id, user, 'local'));
  await watched('find', () => lanes.find(id, user));
  await watched('open', () => lanes.open(user, 11));

  const given = await claimed(user);
  await watched('heartbeat', () => lanes.heartbeat(given));
  await watched('requeue', () => lanes.requeue(given, { error: null, backoffMs: 0, counts: false }));
  const done = await claimed(user);
  await watched('finish', () => lanes.finish(done, completed));
  await watched('takeDue', () => deliveries.takeDue(10));
  await watched('keep', () => deliveries.keep(done.id));
  await watched('postpone', () => deliveries.postpone(done.id, 1_000));
  await watched('markSent', () => deliveries.markSent(done.id, text, [1], true));
  await watched('transcripts.find', () => transcripts.find(done.id));

  const again = await submitted(lanes, upload({ user }));
  await lanes.choose(again.id, user, 'local');
  const failed = await claimed(user);
  await watched('finish, failed', () =>
    lanes.finish(failed, { state: 'FAILED', usage: null, error, deliveries: [] }),
  );
  await watched('reopen', () => lanes.reopen(failed.id, user, false));
  await watched('cancel', () => lanes.cancel(failed.id, user));
  await watched('delete', () => lanes.delete(failed.id, user));
}

/** The file at the head of the person's line, in a worker's hands. */
async function claimed(user: number): Promise<Job> {
  const { activeId, fence } = await database.lane.findUniqueOrThrow({ where: { userId: user } });
  const job = await watched('claim', () =>
    lanes.claim({ id: Number(activeId), fence, engine: 'local' }, 'a worker'),
  );
  if (job === null) throw new Error('nothing to claim');
  return job;
}

const text: Delivery = { kind: 'text', part: 0, payload: { text: 'سلام' } };
const error = new DabirError('engine_failed', 'the engine gave up');
const completed: Outcome = {
  state: 'COMPLETED',
  usage: null,
  durationSeconds: 11,
  transcript: { language: 'fa', languageProbability: null, segments: [] },
  deliveries: [text],
};
