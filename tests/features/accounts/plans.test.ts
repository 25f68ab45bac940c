import { afterAll, beforeAll, expect, test } from 'vitest';
import { localProfile } from '../../../src/engines/local/profile.ts';
import { createAccounts } from '../../../src/features/accounts/store/accounts.ts';
import { createInvitations } from '../../../src/features/accounts/store/invitations.ts';
import { type Broadcasts, createBroadcasts } from '../../../src/features/broadcasts/store.ts';
import { createAudit } from '../../../src/store/admin/audit-log.ts';
import { createFigures } from '../../../src/store/admin/figures.ts';
import { createEngineReports } from '../../../src/store/engine-reports.ts';
import { createFeedback } from '../../../src/store/feedback.ts';
import { createLanes } from '../../../src/store/lanes.ts';
import { fillUnderstanding } from '../../support/fill-understanding.ts';
import { fillLanes } from '../../support/full-lanes.ts';
import { openPlanDatabase, type PlanDatabase, planRounds } from '../../support/plan-database.ts';
import { patientLanes, upload } from '../../support/uploads.ts';

const timeZone = 'Asia/Tehran';

/** Files of each user: eight are of today, 24 of the last 30 days, the rest are older. */
const filesOfEach = 100;
const filesOfMonth = 24;

let database: PlanDatabase['database'];
let reads: PlanDatabase['reads'];
let close: PlanDatabase['close'];

beforeAll(async () => {
  ({ database, reads, close } = await openPlanDatabase(async (client) => {
    await fillLanes(client, { from: 1, users: 400, ended: filesOfEach, open: 2 });
    // Many more users than those who have sent anything.
    await client.query(`
    INSERT INTO "user" (id, "firstName", username) SELECT id, 'P', 'person_' || id FROM generate_series(1001, 21000) AS id;
    INSERT INTO chat (id, type) SELECT id, 'private' FROM "user" WHERE id > 1000;
    INSERT INTO setting ("userId", "lastEngine") SELECT id, 'local' FROM "user" WHERE id > 1000;
    INSERT INTO history_view ("userId", "messageId") SELECT id, 1 FROM "user" WHERE id > 1000;
    INSERT INTO export ("userId", documents) SELECT id, true FROM "user" WHERE id > 1000;
    INSERT INTO glossary_entry ("userId", spelling, learnt) SELECT id, 'Dabir', true FROM "user" WHERE id > 1000;
    UPDATE transcription SET state = 'FAILED', "errorCode" = 'engine_failed' WHERE state = 'COMPLETED' AND seq % 10 = 0;
    UPDATE transcription SET "finishedAt" = now() - (${filesOfEach} - seq) * interval '1 day' WHERE "finishedAt" IS NOT NULL;
    INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "sentSeconds", "downloadMs", "decodeMs",
                       "transcribeMs", "endedAt")
    SELECT id, "userId", 'local', 11, 11, 1, 1, 1,
           now() - CASE WHEN seq <= 8 THEN interval '0' WHEN seq <= ${filesOfMonth} THEN interval '10 days' ELSE seq * interval '2 days' END
      FROM transcription WHERE seq <= ${filesOfEach};
    INSERT INTO feedback ("transcriptionId", "userId", good, engine) SELECT id, "userId", true, 'local' FROM transcription;
    INSERT INTO invitation ("codeHash", "madeById", "usesLeft", "expiresAt")
    SELECT 'hash ' || n, 1, 1, now() + interval '1 day' FROM generate_series(1, 5000) AS n;
    INSERT INTO broadcast ("madeById", text, state) SELECT 2, 'Hello', 'DONE' FROM generate_series(1, 5000);
    INSERT INTO audit ("actorId", action) SELECT 1, 'block' FROM generate_series(1, 5000)`);
    await fillUnderstanding(client);
    await client.query('VACUUM ANALYZE');
  }));
});
afterAll(() => close());

test('no query about accounts scans a whole table, however many users there are', async () => {
  const lanes = createLanes(database, { ...patientLanes, minutesADay: 600, minutesAMonth: 6_000, timeZone });
  const accounts = createAccounts(database, timeZone);
  const { watched } = reads;
  await createEngineReports(database, 'a worker').report([
    { profile: localProfile, readiness: { state: 'ready' } },
  ]);
  for (let user = 1; user <= planRounds; user += 1) {
    const file = upload({ user });
    await watched('submit', () => lanes.submit(file));
    await watched('submit, too long', () => lanes.submit({ ...upload({ user }), announcedSeconds: 36_001 }));
    await watched('meet', () => accounts.upsert({ ...file.user, firstName: 'مریم' }));
    await watched('meet again', () => accounts.upsert({ ...file.user, firstName: 'مریم' }));
    await watched('find', () => accounts.find(user));
    await watched('findByName', () => accounts.findByName(`Person_${1_000 + user}`));
    await watched('recordRefusal', () => accounts.recordRefusal(user, 1_000));
    await watched('setBlocked', () => accounts.setBlocked(user, true));
    await watched('setRole', () => accounts.setRole(user, 'ADMIN'));
    await watched('setQuota', () => accounts.setQuota(user, { maxOpenFiles: 1 }));
    await watched('setWantsBroadcasts', () => accounts.setWantsBroadcasts(user, false));
    await watched('spent', () => accounts.spent(user));
    await watched('forceRelease', () => lanes.forceRelease(user));
    await watched('audit', () => createAudit(database)(user, 'block', '1'));
    await invitesAndThumbs(user);
    await oneBroadcast(createBroadcasts(database, open), user);
    await watched('deleting an account', () => database.user.delete({ where: { id: 10_000 + user } }));
  }
  expect(reads.extraWordCost()).toEqual([]);
});

test('the admins’ statistics read only the rows that they report', async () => {
  const figures = createFigures(database, timeZone);
  for (let round = 0; round < planRounds; round += 1) {
    // All files of today.
    await reads.watched('totals', () => figures.totals(7), 400 * 9);
    await reads.watched('open', () => figures.countOpen(100));
    await reads.watched('engines', () => figures.engines(), 250);
    await reads.watched('failures', () => figures.failures(), 250);
  }
  expect(reads.extraWordCost()).toEqual([]);
});

const open = { access: 'open', allowedIds: new Set<number>(), adminIds: new Set<number>() } as const;

async function invitesAndThumbs(user: number): Promise<void> {
  const invitations = createInvitations(database);
  const codeHash = `new ${user}`;
  await reads.watched('invite', () => invitations.add({ codeHash, madeBy: user, uses: 1, validMs: 1_000 }));
  await reads.watched('take', () => invitations.redeem(user, codeHash));
  const done = await database.transcription.findFirstOrThrow({ where: { userId: user, state: 'COMPLETED' } });
  await reads.watched('thumb', () => createFeedback(database).give(Number(done.id), user, false));
}

async function oneBroadcast(broadcasts: Broadcasts, madeBy: number): Promise<void> {
  const { watched } = reads;
  const id = await watched('draft', () => broadcasts.draft(madeBy, { text: 'Hello', entities: [] }));
  await watched('start', () => broadcasts.start(id));
  const broadcast = await watched('take', () => broadcasts.lease('a bot', 1_000));
  if (broadcast === null) throw new Error('nothing to send');
  const [person] = await watched('next', () => broadcasts.next({ ...broadcast, lastUserId: 5_000 }, 50));
  if (person === undefined) throw new Error('nobody to send it to');
  await watched('mark', () => broadcasts.recordOutcome(broadcast, person, 'left', 1_000));
  await watched('renew', () => broadcasts.renew(broadcast, 1_000));
  await watched('release', () => broadcasts.release(broadcast));
  await watched('stop', () => broadcasts.stop(id));
}
