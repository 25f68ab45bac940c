import { afterAll, expect, test } from 'vitest';
import { type ReviseDependencies, reviseAnswer } from '../../src/app/deliver/revise-answer.ts';
import { createDeliveries } from '../../src/store/deliveries.ts';
import { createSentAnswers } from '../../src/store/sent-answers.ts';
import { createTranscripts } from '../../src/store/transcripts.ts';
import { ended } from '../support/lane-files.ts';
import { openLaneStore } from '../support/lane-store.ts';

const { database, lanes, change, close } = await openLaneStore(2);
afterAll(close);
const sentAnswers = createSentAnswers(database);
const deliveries = createDeliveries(database);
let user = 0;

/** Makes two completed transcriptions of one document, which is on its way with the first. Returns their ids. */
async function bundled(): Promise<{ head: number; other: number }> {
  user += 1;
  const [head, other] = [await ended(lanes, user), await ended(lanes, user)];
  const bundle = await database.burst.create({ data: { userId: user, state: 'BUNDLED' } });
  for (const id of [head, other]) await change(id, { burstId: bundle.id, deliverAfter: null });
  for (const [part, what] of ['text', 'files'].entries()) {
    const payload = { bundle: Number(bundle.id), what };
    await database.delivery.create({ data: { transcriptionId: head, kind: 'bundle', part, payload } });
  }
  await change(head, { deliverAfter: new Date() });
  return { head, other };
}
const recordSent = (id: number, part: number) =>
  database.delivery.update({
    where: { transcriptionId_kind_part: { transcriptionId: id, kind: 'bundle', part } },
    data: { sentAt: new Date(), sentMessageIds: [70 + part] },
  });

test('a bundle that is still being sent is known to its other transcriptions', async () => {
  const { head, other } = await bundled();
  expect(await sentAnswers.bundleOf(other)).toMatchObject({
    file: { id: head },
    sent: [],
    isBeingSent: true,
  });
  await recordSent(head, 0);
  expect(await sentAnswers.bundleOf(other)).toMatchObject({
    sent: [{ messageIds: [70] }],
    isBeingSent: true,
  });
  // The transcription that carries it sends its deliveries in order.
  expect((await sentAnswers.bundleOf(head))?.isBeingSent).toBe(false);
  await recordSent(head, 1);
  expect((await sentAnswers.bundleOf(other))?.isBeingSent).toBe(false);
});

test('a bundle whose sending was given up is not waited for', async () => {
  const { head, other } = await bundled();
  await change(head, { deliverAfter: null });
  expect((await sentAnswers.bundleOf(other))?.isBeingSent).toBe(false);
});

test('a correction made while the bundle is sent is tried again when all of it was sent', async () => {
  const { head, other } = await bundled();
  const dependencies = {
    sentAnswers,
    transcripts: createTranscripts(database),
    numberSpeakerIn: () => (number: number) => `Speaker ${number}`,
    lanes,
  } as unknown as ReviseDependencies;
  const file = await lanes.find(other, user);
  if (file === null) throw new Error('none');
  const revise = () =>
    reviseAnswer(dependencies, file, { kind: 'revision', part: 0, payload: { revision: 1 } });
  await expect(revise()).rejects.toMatchObject({ kind: 'later' });
  await database.delivery.deleteMany({ where: { transcriptionId: head, kind: 'bundle' } });
  await revise();
});

test('a bundle is sent in one more format at the wish of its own user, once while it waits', async () => {
  const { head, other } = await bundled();
  expect(await deliveries.addBundleFormat(other, user, 'srt')).toBe('unknown');
  expect(await deliveries.addBundleFormat(head, user + 1_000_000, 'srt')).toBe('unknown');
  expect(await deliveries.addBundleFormat(head, user, 'srt')).toBe('added');
  expect(await deliveries.addBundleFormat(head, user, 'srt')).toBe('already');
  const taken = await deliveries.leaseDue(10);
  const added = taken.flatMap((each) => each.deliveries).find(({ part }) => part === 2);
  expect(added?.payload).toMatchObject({ what: 'files', formats: ['srt'] });
});
