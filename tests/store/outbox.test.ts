import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type DocumentChoice, defaultChoice } from '../../src/domain/document-choice.ts';
import { createDeliveries } from '../../src/store/deliveries.ts';
import { waitingForLocks } from '../support/databases.ts';
import { completed, ended, failed, running } from '../support/lane-files.ts';
import { openLaneStore } from '../support/lane-store.ts';
import { until } from '../support/until.ts';
import { submitted, upload } from '../support/uploads.ts';

const { database, lanes, row, change, close } = await openLaneStore(6);
afterAll(close);
const outbox = createDeliveries(database);
let user = 0;
beforeEach(() => {
  user += 1;
});

const text = completed.deliveries[0] ?? (null as never);
const clip = (word: string) => ({ kind: 'clip', payload: { word, start: 0, end: 1 } }) as const;
const clipOf = (word: string, part: number) => ({ ...clip(word), part });
const album = (formats: DocumentChoice['formats'], digits: DocumentChoice['digits']) =>
  ({ kind: 'album', payload: { ...defaultChoice, formats, digits } }) as const;
const parts = async (id: number) =>
  (
    await database.delivery.findMany({
      where: { transcriptionId: id },
      orderBy: [{ kind: 'asc' }, { part: 'asc' }],
    })
  ).map(({ kind, part, payload }) => ({ kind, part, payload }));
const waitsForLock = () => until(async () => (await waitingForLocks(database)) > 0);

describe('a delivery that is added', () => {
  test('a delivery that is added needs a COMPLETED transcription of this user', async () => {
    const id = await ended(lanes, user);
    const failure = await ended(lanes, user, failed);
    const { id: choosing } = await submitted(lanes, upload({ user }));
    expect(await outbox.add(id, user + 1_000_000, clip('a'))).toBe('unknown');
    expect(await outbox.add(failure, user, clip('a'))).toBe('unknown');
    expect(await outbox.add(choosing, user, clip('a'))).toBe('unknown');
    expect(await outbox.add(id, user, clip('a'))).toBe('added');
    expect(await parts(choosing)).toEqual([]);
    expect(await parts(id)).toEqual([clipOf('a', 0), text]);
  });

  test('a delivery that is added is not added twice while it is unsent, and gets the next number of its kind', async () => {
    const id = await ended(lanes, user);
    expect(await outbox.add(id, user, clip('a'))).toBe('added');
    expect(await outbox.add(id, user, clip('a'))).toBe('already');
    expect(await outbox.add(id, user, clip('b'))).toBe('added');
    expect(await outbox.add(id, user, album(['pdf'], 'latin'))).toBe('added');
    await outbox.recordSent(id, [{ delivery: clipOf('a', 0), messageIds: [9] }], false);
    expect(await outbox.add(id, user, clip('a'))).toBe('added');
    expect((await parts(id)).map(({ kind, part }) => `${kind} ${part}`).sort()).toEqual([
      'album 0',
      'clip 0',
      'clip 1',
      'clip 2',
      'text 0',
    ]);
  });

  test('an added delivery of an album is the same when its formats are, also when other settings changed since', async () => {
    const id = await ended(lanes, user);
    expect(await outbox.add(id, user, album(['pdf'], 'latin'))).toBe('added');
    expect(await outbox.add(id, user, album(['pdf'], 'persian'))).toBe('already');
    expect(await outbox.add(id, user, album(['docx'], 'latin'))).toBe('added');
  });

  test('a delivery that is added makes the answer due, with all attempts, unless a process has it now', async () => {
    const id = await ended(lanes, user);
    await change(id, { deliverAfter: null, deliverAttempts: 7 });
    await outbox.add(id, user, clip('a'));
    const due = await row(id);
    expect(due.deliverAttempts).toBe(0);
    expect(due.deliverAfter?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    const later = new Date(Date.now() + 60_000);
    await change(id, { deliverAfter: later });
    await outbox.add(id, user, clip('b'));
    expect((await row(id)).deliverAfter).toEqual(later);
  });

  test('a delivery that is added while another is being added gets the number after it', async () => {
    const id = await ended(lanes, user);
    let added: Promise<unknown> = Promise.resolve();
    await database.transaction(async (transaction) => {
      await createDeliveries(transaction).add(id, user, clip('a'));
      added = outbox.add(id, user, clip('b'));
      await waitsForLock();
    });
    expect(await added).toBe('added');
    expect(await parts(id)).toEqual([clipOf('a', 0), clipOf('b', 1), text]);
  });

  test.each([[[1]], [[]]])(
    'a delivery that is added while the last one is marked as sent with messages %j is not overlooked',
    async (messages) => {
      const id = await ended(lanes, user);
      let marked: Promise<boolean> = Promise.resolve(false);
      await database.transaction(async (transaction) => {
        await createDeliveries(transaction).add(id, user, clip('a'));
        marked = outbox.recordSent(id, [{ delivery: text, messageIds: messages }], true);
        await waitsForLock();
      });
      expect(await marked).toBe(true);
      expect((await row(id)).deliverAfter).not.toBeNull();
    },
  );
});

describe('a delivery that was sent', () => {
  test('a delivery that was sent keeps its messages; one that does not exist is reported', async () => {
    const id = await ended(lanes, user);
    const other = await ended(lanes, user);
    expect(await outbox.recordSent(id, [{ delivery: { ...text, part: 1 }, messageIds: [1] }], false)).toBe(
      false,
    );
    expect(await outbox.recordSent(id, [{ delivery: clipOf('a', 0), messageIds: [1] }], false)).toBe(false);
    expect(await outbox.recordSent(id, [{ delivery: text, messageIds: [7, 8] }], false)).toBe(true);
    const sent = { transcriptionId: id, sentMessageIds: [7, 8], sentAt: expect.any(Date) };
    const rows = await database.delivery.findMany({ where: { transcriptionId: { in: [id, other] } } });
    expect(rows.find(({ transcriptionId }) => Number(transcriptionId) === id)).toMatchObject({
      ...sent,
      transcriptionId: BigInt(id),
    });
    expect(rows.find(({ transcriptionId }) => Number(transcriptionId) === other)?.sentAt).toBeNull();
  });

  test('a delivery that was sent ends the delivery only as the last one, and only when no other is unsent', async () => {
    const id = await ended(lanes, user);
    const other = await ended(lanes, user);
    await outbox.add(id, user, clip('a'));
    await outbox.recordSent(id, [{ delivery: text, messageIds: [7] }], false);
    expect((await row(id)).deliverAfter?.getTime()).toBeGreaterThan(Date.now() + 1_000);
    await outbox.recordSent(id, [{ delivery: text, messageIds: [7] }], true);
    expect((await row(id)).deliverAfter?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    await outbox.recordSent(id, [{ delivery: clipOf('a', 0), messageIds: [8] }], true);
    expect((await row(id)).deliverAfter).toBeNull();
    expect((await row(other)).deliverAfter).not.toBeNull();
  });

  test('a sent delivery of the kind status becomes the status message of its transcription, in place of an earlier one', async () => {
    const status = failed.deliveries[0] ?? (null as never);
    const ids = [await ended(lanes, user, failed), await ended(lanes, user, failed)];
    const [id = 0, other = 0] = ids;
    await outbox.recordSent(id, [{ delivery: status, messageIds: [] }], false);
    expect((await row(id)).statusMessageId).toBeNull();
    await outbox.recordSent(id, [{ delivery: status, messageIds: [5] }], false);
    await outbox.recordSent(id, [{ delivery: status, messageIds: [9] }], false);
    expect((await row(id)).statusMessageId).toBe(9);
    expect((await row(other)).statusMessageId).toBeNull();
    const spoken = await ended(lanes, user);
    await outbox.recordSent(spoken, [{ delivery: text, messageIds: [7] }], false);
    expect((await row(spoken)).statusMessageId).toBeNull();
  });
});

describe('taking answers that are due', () => {
  test('taking answers that are due gives each to one caller, the longest due first, with what is unsent of it', async () => {
    await database.transcription.updateMany({ data: { deliverAfter: null } });
    const ids = [await ended(lanes, user), await ended(lanes, user), await ended(lanes, user)];
    const [first = 0, second = 0, waits = 0] = ids;
    await outbox.add(second, user, clip('a'));
    await outbox.recordSent(second, [{ delivery: text, messageIds: [7] }], false);
    await change(first, { deliverAfter: new Date(Date.now() - 5_000) });
    await change(second, { deliverAfter: new Date(Date.now() - 9_000), deliverAttempts: 3 });
    await change(waits, { deliverAfter: new Date(Date.now() + 60_000) });
    const taken = await outbox.leaseDue(1);
    expect(taken).toMatchObject([
      {
        transcription: { id: second, languageCode: 'fa' },
        deliveries: [clipOf('a', 0)],
        takes: 4,
      },
    ]);
    expect((await row(second)).deliverAfter?.getTime()).toBeGreaterThan(Date.now() + 10_000);
    expect((await outbox.leaseDue(9)).map(({ transcription }) => transcription.id)).toEqual([first]);
    expect(await outbox.leaseDue(9)).toEqual([]);
  });

  test('taking answers that are due skips those that another process takes at the same time', async () => {
    const ids = [await ended(lanes, user), await ended(lanes, user)];
    const [held = 0, free = 0] = ids;
    await database.transcription.updateMany({ data: { deliverAfter: null } });
    for (const id of ids) await change(id, { deliverAfter: new Date(0) });
    await database.transaction(async (transaction) => {
      await transaction.query`SELECT id FROM transcription WHERE id = ${held} FOR UPDATE`;
      expect((await outbox.leaseDue(9)).map(({ transcription }) => transcription.id)).toEqual([free]);
    });
  });

  test('taking answers that are due leaves the worker that finished a file 20 s to send the answer itself', async () => {
    const job = await running(lanes, user);
    await lanes.finish(job, completed);
    const left = ((await row(job.id)).deliverAfter?.getTime() ?? 0) - Date.now();
    expect(left).toBeGreaterThan(10_000);
    expect(left).toBeLessThan(21_000);
  });
});
