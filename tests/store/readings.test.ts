import { raw } from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReadings } from '../../src/app/monitoring/readings.ts';
import type { Outcome } from '../../src/app/ports/lanes.ts';
import type { EngineId } from '../../src/domain/engine-names.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { createProcesses } from '../../src/store/admin/processes.ts';
import { createSharedReadings } from '../../src/store/admin/readings.ts';
import { createDeliveries } from '../../src/store/deliveries.ts';
import { createEngineReports } from '../../src/store/engine-reports.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

let database: TestDatabase;
let drop: () => Promise<void>;
let shared: ReturnType<typeof createSharedReadings>;
let lanes: ReturnType<typeof createLanes>;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 5);
  shared = createSharedReadings(database);
  lanes = createLanes(database, patientLanes);
});
afterAll(async () => {
  await database.close();
  await drop();
});

const engineReading = async (engine: EngineId) => {
  const { engines } = await shared.measure();
  const reading = engines.find((one) => one.engine === engine);
  if (reading === undefined) throw new Error(`no reading of ${engine}`);
  return reading;
};

/** Submits a file of a new user, which becomes QUEUED on the engine. */
async function queuedFile(user: number, engine: EngineId) {
  const { id } = await submitted(lanes, upload({ user }));
  const choice = await lanes.choose(id, user, engine);
  if (choice.outcome !== 'chosen' || choice.next === null) throw new Error('it is not queued');
  return choice.next;
}

const age = (id: number, column: 'queuedAt' | 'unsentSince', seconds: number) =>
  database.execute`
    UPDATE transcription SET ${raw(`"${column}" = "${column}"`)} - make_interval(secs => ${seconds}) WHERE id = ${id}`;

const completed: Outcome = {
  state: 'COMPLETED',
  usage: null,
  durationSeconds: 11,
  transcript: { language: 'fa', languageProbability: null, segments: [] },
  deliveries: [{ kind: 'text', part: 0, payload: { text: 'سلام' } }],
};

test('the oldest QUEUED file of an engine is the one that waits longest for a worker, not the one that came first', async () => {
  expect(await engineReading('vira')).toMatchObject({ queued: 0, oldestQueuedSeconds: null });
  const first = await queuedFile(1, 'vira');
  const second = await queuedFile(2, 'vira');
  await queuedFile(3, 'eboo');
  await age(first.id, 'queuedAt', 100);
  await age(second.id, 'queuedAt', 4_000);
  const { queued, oldestQueuedSeconds } = await engineReading('vira');
  expect(queued).toBe(2);
  expect(oldestQueuedSeconds).toBeGreaterThanOrEqual(4_000);
  expect(oldestQueuedSeconds).toBeLessThan(4_100);
  expect((await engineReading('eboo')).oldestQueuedSeconds).toBeLessThan(100);

  // It is claimed, so the other one is the oldest now.
  const job = await lanes.claim(second, 'a worker');
  expect(await engineReading('vira')).toMatchObject({ queued: 1, processing: 1 });
  expect((await engineReading('vira')).oldestQueuedSeconds).toBeLessThan(1_000);

  // It is requeued with a delay of an hour and does not wait for a worker until then.
  if (job === null) throw new Error('it was not claimed');
  await lanes.cancel(first.id, 1);
  await lanes.requeue(job, { error: null, backoffMs: 3_600_000, countsAsAttempt: true });
  expect(await engineReading('vira')).toMatchObject({ queued: 1, processing: 0, oldestQueuedSeconds: null });
});

test('the age of the oldest unsent delivery counts from its first attempt, however often it was postponed', async () => {
  const deliveries = createDeliveries(database);
  expect((await shared.measure()).answers).toEqual({ unsent: 0, oldestSeconds: null });
  const job = await lanes.claim(await queuedFile(11, 'local'), 'a worker');
  if (job === null) throw new Error('it was not claimed');
  await lanes.finish(job, completed);
  await age(job.id, 'unsentSince', 900);
  await deliveries.postpone(job.id, 1_000);
  await deliveries.renew(job.id, 0);
  const { unsent, oldestSeconds } = (await shared.measure()).answers;
  expect(unsent).toBe(1);
  expect(oldestSeconds).toBeGreaterThanOrEqual(900);
  await deliveries.recordSent(
    job.id,
    [{ delivery: { kind: 'text', part: 0, payload: { text: 'سلام' } }, messageIds: [1] }],
    true,
  );
  expect((await shared.measure()).answers).toEqual({ unsent: 0, oldestSeconds: null });
});

test('workers are counted by their reports on an engine, and a circuit that is not closed has its age', async () => {
  const one = createEngineReports(database, 'one');
  const two = createEngineReports(database, 'two');
  await one.report([{ profile: localProfile, readiness: { state: 'resting' }, circuitOpenMs: 600_000 }]);
  await two.report([{ profile: localProfile, readiness: { state: 'ready' } }]);
  const reading = await engineReading('local');
  expect(reading).toMatchObject({
    workers: { ready: 1, preparing: 0, resting: 1, paused: 0, unavailable: 0 },
    openCircuits: 1,
  });
  expect(reading.circuitOpenSeconds).toBeGreaterThanOrEqual(600);
  expect(reading.circuitOpenSeconds).toBeLessThan(660);
  await one.report([{ profile: localProfile, readiness: { state: 'ready' } }]);
  expect(await engineReading('local')).toMatchObject({ openCircuits: 0, circuitOpenSeconds: null });
});

test('processes are counted while they report, and each machine has the disk space that its workers see', async () => {
  const report = (name: string, role: 'bot' | 'worker', freeBytes: number) =>
    createProcesses(database, name, '1').report({ role, freeBytes });
  // A bot stores no uploads; in a container it has next to no disk.
  expect(await report('front:1:aa', 'bot', 1_000)).toBe(1);
  expect(await report('here:2:bb', 'worker', 5_000)).toBe(2);
  expect(await report('there:3:cc', 'worker', 7_000)).toBe(3);
  expect(await report('there:4:dd', 'worker', 9_000)).toBe(4);
  expect(await report('there:4:dd', 'worker', 6_000)).toBe(4);
  expect(await shared.measure()).toMatchObject({
    aliveBots: 1,
    aliveWorkers: 3,
    disks: [
      { machine: 'here', freeBytes: 5_000 },
      { machine: 'there', freeBytes: 6_000 },
    ],
  });
  await database.execute`UPDATE process SET "seenAt" = now() - interval '31 seconds' WHERE name IN ('front:1:aa', 'here:2:bb')`;
  expect(await shared.measure()).toMatchObject({
    aliveBots: 0,
    aliveWorkers: 2,
    disks: [{ machine: 'there' }],
  });
  expect(await report('there:3:cc', 'worker', 7_000)).toBe(2);
});

test('ten processes that are scraped take readings once, and all return the same', async () => {
  await database.reading.deleteMany();
  let counted = 0;
  const count = async () => {
    counted += 1;
    return new Map();
  };
  const updateCounts = async () => ({ pending: 7, lastError: null });
  const processes = Array.from({ length: 10 }, () =>
    createReadings({ shared: createSharedReadings(database), tokenCounts: count, updateCounts }),
  );
  const [first] = processes;
  await first?.();
  const all = await Promise.all(processes.map((read) => read()));
  expect(counted).toBe(1);
  expect(new Set(all.map(({ takenAt }) => takenAt.getTime())).size).toBe(1);
  expect(all[9]?.updates?.pending).toBe(7);

  // Ten seconds later they are taken again, by one of them.
  await database.execute`
    UPDATE reading SET "takenAt" = "takenAt" - interval '11 seconds', "claimedAt" = "claimedAt" - interval '11 seconds'`;
  await Promise.all(processes.map((read) => read()));
  expect(counted).toBe(2);
});

test('a Redis or a Telegram that does not answer leaves a gap in the readings, and delays none', async () => {
  await database.reading.deleteMany();
  const read = createReadings({
    shared,
    tokenCounts: () => new Promise(() => undefined),
    updateCounts: () => Promise.reject(new Error('Bad Gateway')),
  });
  const readings = await read();
  expect(readings).toMatchObject({ updates: null, telegramAwaySeconds: 0, tokensAwaySeconds: 0 });
  expect(readings.engines.every(({ tokens }) => tokens === null)).toBe(true);
});

test('tokens are counted only for engines that a worker has or that have files', async () => {
  await database.reading.deleteMany();
  await database.execute`DELETE FROM engine_report`;
  const counted: (readonly EngineId[])[] = [];
  const read = createReadings({
    shared,
    async tokenCounts(engines) {
      counted.push(engines);
      return new Map();
    },
    updateCounts: async () => ({ pending: 0, lastError: null }),
  });
  const withFiles = (await shared.measure()).engines.flatMap(({ engine, queued, processing }) =>
    queued + processing > 0 ? [engine] : [],
  );
  await createEngineReports(database, 'a worker').report([
    { profile: { ...localProfile, id: 'scribe' }, readiness: { state: 'ready' } },
  ]);
  await read();
  expect(counted).toHaveLength(1);
  expect(new Set(counted[0])).toEqual(new Set([...withFiles, 'scribe']));
  await database.execute`DELETE FROM engine_report`;
});

test('readings that another release has stored in another form are taken again', async () => {
  await database.reading.deleteMany();
  await database.reading.create({
    data: { claimedAt: new Date(0), takenAt: new Date(), readings: { shape: 'of another release' } },
  });
  const read = createReadings({
    shared,
    tokenCounts: async () => new Map(),
    updateCounts: async () => ({ pending: 0, lastError: null }),
  });
  expect((await read()).workers.alive).toBeGreaterThanOrEqual(0);
});

test('the age of the last backup is known after the first backup', async () => {
  expect((await shared.measure()).backupSeconds).toBeNull();
  await database.backup.create({
    data: {
      startedAt: new Date(),
      endedAt: new Date(Date.now() - 7_200_000),
      bytes: 1,
      rows: 1,
      host: 'here',
      file: 'x',
    },
  });
  expect((await shared.measure()).backupSeconds).toBeGreaterThan(7_000);
});
