import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEarlierTranscripts } from '../../src/store/earlier-transcripts.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { fillLanes } from '../support/full-lanes.ts';
import { openPlanDatabase, type PlanDatabase, planRounds } from '../support/plan-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

// PostgreSQL plans with the statistics of its last ANALYZE. After a quiet night they say that no file is open, so an
// index of open files looks empty, and cheaper than the primary key.

/** A user with many transcripts. */
const busy = 5_000;

let database: PlanDatabase['database'];
let reads: PlanDatabase['reads'];
let close: PlanDatabase['close'];

beforeAll(async () => {
  ({ database, reads, close } = await openPlanDatabase(async (client) => {
    await client.query(`
      ALTER TABLE transcription SET (autovacuum_enabled = off);
      ALTER TABLE lane SET (autovacuum_enabled = off)`);
    await fillLanes(client, { from: 1, users: 500, ended: 8, open: 0 });
    await client.query(
      `INSERT INTO glossary_entry ("userId", spelling, learnt) SELECT id, 'word', false FROM "user"`,
    );
    await client.query('ANALYZE');
    await fillLanes(client, { from: 10_000, users: 1_000, ended: 0, open: 3 });
    await fillLanes(client, { from: busy, users: 1, ended: 1_000, open: 0 });
    await client.query(`
      BEGIN;
      SET LOCAL session_replication_role = replica;
      UPDATE transcription SET state = 'CHOOSING', engine = NULL WHERE state = 'PENDING' AND seq = 3;
      INSERT INTO lane ("userId", "nextSeq") VALUES (${busy}, 1001);
      COMMIT`);
  }));
});
afterAll(() => close());

test('a burst after a quiet night costs each file the same, though the statistics say that nothing is open', async () => {
  const lanes = createLanes(database, patientLanes);
  const earlierTranscripts = createEarlierTranscripts(database, patientLanes);
  for (let round = 0; round < planRounds; round += 1) {
    const { id } = await reads.watched('submit', () => submitted(lanes, upload({ user: busy })));
    await reads.watched('choose', () => earlierTranscripts.chooseOrFind(id, busy, 'local'));
    const { fence } = await database.lane.findUniqueOrThrow({ where: { userId: busy } });
    const job = await reads.watched('claim', () => lanes.claim({ id, fence, engine: 'local' }, 'a worker'));
    if (job === null) throw new Error('nothing to claim');
    await reads.watched('heartbeat', () => lanes.heartbeat(job));
    await reads.watched('finish', () =>
      lanes.finish(job, {
        state: 'COMPLETED',
        usage: null,
        durationSeconds: 11,
        transcript: { language: 'fa', languageProbability: null, segments: [] },
        deliveries: [],
      }),
    );
  }
  expect(reads.extraWordCost()).toEqual([]);
});
