import { expect, onTestFinished, test } from 'vitest';
import { createDeliveries } from '../../src/store/deliveries.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

test('a delivery that another process has sent is not put back into the outbox by a process that could not send it', async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  const database = openTestDatabase(url, 2);
  onTestFinished(() => database.close());
  const lanes = createLanes(database, patientLanes);
  const outbox = createDeliveries(database);
  const { id } = await submitted(lanes, upload({ user: 1 }));
  const choice = await lanes.choose(id, 1, 'local');
  const job = choice.outcome === 'chosen' && choice.next && (await lanes.claim(choice.next, 'a worker'));
  if (!job) throw new Error('nothing to claim');
  const text = { kind: 'text', part: 0, payload: { text: 'سلام' } } as const;
  await lanes.finish(job, {
    state: 'COMPLETED',
    usage: null,
    transcript: { language: 'fa', languageProbability: null, segments: [] },
    durationSeconds: 1,
    deliveries: [text],
  });

  await outbox.recordSent(id, [{ delivery: text, messageIds: [7] }], true);
  await outbox.postpone(id, 0);

  expect(await outbox.leaseDue(10)).toEqual([]);
});

test('an answer in a shape that this version does not know holds up no other, and admins see why', async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  const database = openTestDatabase(url, 2);
  onTestFinished(() => database.close());
  const lanes = createLanes(database, patientLanes);
  const outbox = createDeliveries(database);
  const ids: number[] = [];
  for (const user of [1, 2]) {
    const { id } = await submitted(lanes, upload({ user }));
    ids.push(id);
    await database.delivery.create({
      data: { transcriptionId: id, kind: 'text', part: 0, payload: { text: 'سلام' } },
    });
    await database.transcription.update({ where: { id }, data: { deliverAfter: new Date(0) } });
  }
  const [broken = 0, sound = 0] = ids;
  await database.delivery.update({
    where: { transcriptionId_kind_part: { transcriptionId: broken, kind: 'text', part: 0 } },
    data: { payload: { words: 7 } },
  });

  const taken = await outbox.leaseDue(10);

  expect(taken.map(({ transcription }) => transcription.id)).toEqual([sound]);
  const row = await database.transcription.findUniqueOrThrow({ where: { id: broken } });
  expect(row.deliverError).toMatch(/not readable: .*text/s);
  expect(row.deliverAfter?.getTime()).toBeGreaterThan(Date.now());
});
