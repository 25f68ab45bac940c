import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDeliveries } from '../../src/store/deliveries.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

let database: TestDatabase;
let drop: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url);
});
afterAll(async () => {
  await database.close();
  await drop();
});

test('an answer that is being sent is not sent by another process, and never returns to the outbox once it is sent', async () => {
  const lanes = createLanes(database, patientLanes);
  const outbox = createDeliveries(database);
  const { id } = await submitted(lanes, upload({ user: 1 }));
  const choice = await lanes.choose(id, 1, 'local');
  const job = choice.outcome === 'chosen' && choice.next && (await lanes.claim(choice.next, 'a worker'));
  if (!job) throw new Error('nothing to claim');
  const status = {
    kind: 'status',
    part: 0,
    payload: { kind: 'completed', durationSeconds: 1, wallSeconds: 1, engineName: 'LOCAL' },
  } as const;
  const transcript = { language: 'fa', languageProbability: null, segments: [] };
  await lanes.finish(job, {
    state: 'COMPLETED',
    usage: null,
    transcript,
    durationSeconds: 1,
    deliveries: [status],
  });

  const becomesDue = () => database.transcription.updateMany({ data: { deliverAfter: new Date(0) } });
  await becomesDue();
  expect(await outbox.renew(id, 0)).toBe(true);
  expect(await outbox.leaseDue(10)).toEqual([]);
  await becomesDue();
  expect(await outbox.leaseDue(10)).toMatchObject([{ deliveries: [status], takes: 1 }]);
  // Its worker learns that another one sends it now.
  expect(await outbox.renew(id, 0)).toBe(false);
  expect(await outbox.renew(id, 1)).toBe(true);

  await outbox.recordSent(id, [{ delivery: status, messageIds: [7] }], true);
  expect(await outbox.renew(id, 1)).toBe(false);
  expect((await database.transcription.findUnique({ where: { id } }))?.deliverAfter).toBeNull();
});
