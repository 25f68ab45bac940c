import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deliveries } from '../../src/app/ports/deliveries.ts';
import type { Lanes, Outcome } from '../../src/app/ports/lanes.ts';
import type { Transcripts } from '../../src/app/ports/transcripts.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { DabirError } from '../../src/domain/errors.ts';
import type { Job } from '../../src/domain/transcription.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { createSharedReadings } from '../../src/store/admin/readings.ts';
import { createDeliveries } from '../../src/store/deliveries.ts';
import { createEngineReports } from '../../src/store/engine-reports.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { createTranscripts } from '../../src/store/transcripts.ts';
import { fillUnderstanding } from '../support/fill-understanding.ts';
import { fillLanes } from '../support/full-lanes.ts';
import { openPlanDatabase, type PlanDatabase, planRounds } from '../support/plan-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

/** The user whose lane is full, among 2,000 with one waiting file. */
const busy = 5_000;

let database: PlanDatabase['database'];
let reads: PlanDatabase['reads'];
let close: PlanDatabase['close'];
let lanes: Lanes;
let deliveries: Deliveries;
let transcripts: Transcripts;

beforeAll(async () => {
  ({ database, reads, close } = await openPlanDatabase(async (client) => {
    await fillLanes(client, { from: 1, users: 2_000, ended: 8, open: 2 });
    await fillLanes(client, { from: busy, users: 1, ended: 1_000, open: 4_000 });
    await client.query(`
    INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "sentSeconds", "downloadMs", "decodeMs", "transcribeMs", "endedAt")
    SELECT id, "userId", 'local', 5, 5, 10, 10, 100, now() - id * interval '1 second' FROM transcription
     WHERE state NOT IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')`);
    // Deliveries that wait until Telegram accepts calls again.
    await client.query(`
    UPDATE transcription SET "deliverAfter" = now() + interval '30 days' WHERE "userId" <= 1000 AND state = 'COMPLETED'`);
    await client.query(`
    INSERT INTO glossary_entry ("userId", spelling, learnt) SELECT id, 'word', false FROM "user"`);
    await client.query(`
    INSERT INTO backup ("startedAt", bytes, rows, host, file) SELECT now(), 1, 1, 'here', 'dump' FROM generate_series(1, 2000)`);
    await client.query(`
    INSERT INTO worker_loss ("transcriptionId", holder, alone)
    SELECT id, 'worker ' || id % 500, false FROM transcription WHERE id % 3 = 0`);
    await client.query(`
    INSERT INTO log_line (at, process, level, "transcriptionId", message, details)
    SELECT now(), 'a worker', 40, id, 'failed', '{}' FROM transcription WHERE id % 3 = 0`);
    await client.query(`
    INSERT INTO bulk_change (action, filter, "madeById", expected, "startsAt", "endedAt", state, "lastId")
    SELECT 'cancel', '{}', 1, 1, now(), now(), 'DONE', 1 FROM generate_series(1, 2000)`);
    await fillUnderstanding(client);
    await client.query('ANALYZE');
  }));
  lanes = createLanes(database, patientLanes);
  deliveries = createDeliveries(database);
  transcripts = createTranscripts(database);
});
afterAll(() => close());

test('the readings for operators cost the same however many files and deliveries wait', async () => {
  const { latest, claim, measure } = createSharedReadings(database);
  for (let round = 0; round < planRounds; round += 1) {
    const { engines, answers } = await reads.watched('readings', measure);
    expect(engines[0]?.oldestQueuedSeconds).toBeGreaterThan(0);
    expect(answers).toMatchObject({ unsent: 100, oldestSeconds: expect.any(Number) });
    await reads.watched('claim of readings', () => claim(0));
    await reads.watched('latest readings', latest);
  }
  expect(reads.extraWordCost()).toEqual([]);
});

test('no query for a file scans a whole table or reads many rows, however many files wait', async () => {
  const reports = createEngineReports(database, 'a worker');
  for (let round = 0; round < planRounds; round += 1) {
    for (const user of [busy, 10_000 + round]) await oneFilesWay(user);
    await reads.watched('sweep', () => lanes.sweep());
    await loseFile(20_000 + round);
    await reads.watched('sweep, a worker was lost', () => lanes.sweep());
    await reads.watched('prune', () => lanes.prune(1_000));
    await reads.watched('queuedOn', () => lanes.listQueued('local', 20));
    await reads.watched('queuedTokens', () => lanes.listQueuedTokens('local', 20), 45);
    await reads.watched('leaseUnshown', () => lanes.leaseUnshown(20));
    await reads.watched('lastEngine', () => reports.lastEngine(busy));
    await reads.watched('report', () =>
      reports.report([{ profile: localProfile, readiness: { state: 'ready' } }]),
    );
    await reads.watched('offers', () => reports.offers());
  }
  expect(reads.extraWordCost()).toEqual([]);
});

/** Runs every event of a file, on whichever file is at the head of the user's line. */
async function oneFilesWay(user: number): Promise<void> {
  const file = upload({ user });
  const { id } = await reads.watched('submit', () => submitted(lanes, file));
  await reads.watched('submit, the second time', () => lanes.submit(file));
  await reads.watched('setStatusMessage', () => lanes.setStatusMessage(id, 1));
  await reads.watched('choose', () => lanes.choose(id, user, 'local'));
  await reads.watched('find', () => lanes.find(id, user));
  await reads.watched('open', () => lanes.listOpen(user, 11));

  const given = await claimed(user);
  await reads.watched('heartbeat', () => lanes.heartbeat(given));
  await reads.watched('wanted', () => lanes.checkJob(given.id), 1);
  await reads.watched('requeue', () =>
    lanes.requeue(given, { error: null, backoffMs: 0, countsAsAttempt: false }),
  );
  const done = await claimed(user);
  await reads.watched('finish', () => lanes.finish(done, completed));
  await reads.watched('finished', () => lanes.findFinished(done));
  await reads.watched('takeDue', () => deliveries.leaseDue(10));
  await reads.watched('renew', () => deliveries.renew(done.id, 0));
  await reads.watched('postpone', () => deliveries.postpone(done.id, 1_000));
  await reads.watched('recordSent', () =>
    deliveries.recordSent(done.id, [{ delivery: text, messageIds: [1] }], true),
  );
  await reads.watched('transcripts.find', () => transcripts.find(done.id));
  await reads.watched('names of earlier files', () => transcripts.findWithEarlier(done.id), 250);

  const again = await submitted(lanes, upload({ user }));
  await lanes.choose(again.id, user, 'local');
  const failed = await claimed(user);
  await reads.watched('finish, failed', () =>
    lanes.finish(failed, { state: 'FAILED', usage: null, error, deliveries: [] }),
  );
  await reads.watched('reopen', () => lanes.reopen(failed.id, user, false));
  await reads.watched('cancel', () => lanes.cancel(failed.id, user));
  await reads.watched('delete', () => lanes.delete(failed.id, user));
}

/** Runs a user's file whose worker dies. */
async function loseFile(user: number): Promise<void> {
  const { id } = await submitted(lanes, upload({ user }));
  await lanes.choose(id, user, 'local');
  await claimed(user);
  await database.execute`UPDATE lane SET "leaseUntil" = now() - interval '1 second' WHERE "userId" = ${user}`;
}

/** Claims the file at the head of the user's line. */
async function claimed(user: number): Promise<Job> {
  const { activeId, fence } = await database.lane.findUniqueOrThrow({ where: { userId: user } });
  const job = await reads.watched('claim', () =>
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
