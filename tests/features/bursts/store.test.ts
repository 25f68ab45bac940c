import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createBursts } from '../../../src/features/bursts/index.ts';
import { createDeliveries } from '../../../src/store/deliveries.ts';
import { openLaneStore } from '../../support/lane-store.ts';
import { submitted, upload } from '../../support/uploads.ts';

const { database, lanes, row, change, laneOf, close } = await openLaneStore(4);
afterAll(close);

const bursts = createBursts(database, { maxGapMs: 10_000, dispatchMs: 60_000 });

let user = 100;
beforeEach(() => {
  user += 1;
});

/** Submits files of a user at once; returns their ids and the burst of the last one. */
async function arrives(count: number, engine: 'local' | null = null) {
  const ids: number[] = [];
  let burst: number | null = null;
  for (let sent = 0; sent < count; sent += 1) {
    const { id, msSincePrevious } = await submitted(lanes, upload({ user }));
    burst = await bursts.add(id, user, msSincePrevious);
    if (engine !== null) await lanes.choose(id, user, engine);
    ids.push(id);
  }
  return { ids, burst: burst ?? 0 };
}

/** Returns the row of a burst. */
const burstOf = (id: number) => database.burst.findUniqueOrThrow({ where: { id } });

/** Claims the active file of the user. */
async function claims() {
  const { activeId, fence } = await laneOf(user);
  const job = await lanes.claim({ id: Number(activeId), fence, engine: 'local' }, 'a worker');
  if (job === null) throw new Error('nothing to claim');
  return job;
}

const status = {
  kind: 'status',
  part: 0,
  payload: { kind: 'failed', code: 'internal', details: {}, isAnnounced: true },
} as const;
const failed = {
  state: 'FAILED',
  error: { code: 'internal', details: {} },
  usage: null,
  deliveries: [status],
} as unknown as Parameters<typeof lanes.finish>[1];

const ended = {
  kind: 'status',
  part: 0,
  payload: { kind: 'completed', durationSeconds: 1, engineName: 'LOCAL' },
} as const;
const album = { kind: 'album', part: 0, payload: { formats: ['txt', 'docx', 'pdf'] } } as const;
const completed = {
  state: 'COMPLETED',
  transcript: { language: 'en', languageProbability: null, segments: [] },
  durationSeconds: 1,
  usage: null,
  deliveries: [ended, album],
} as unknown as Parameters<typeof lanes.finish>[1];

describe('a burst', () => {
  test('files of one user within ten seconds are one burst, which takes over the message of the first', async () => {
    const first = await submitted(lanes, upload({ user }));
    expect(await bursts.add(first.id, user, first.msSincePrevious)).toBeNull();
    await lanes.setStatusMessage(first.id, 7);
    const second = await submitted(lanes, upload({ user }));
    const burst = (await bursts.add(second.id, user, second.msSincePrevious)) ?? 0;
    expect(await burstOf(burst)).toMatchObject({ messageId: 7, state: 'TOGETHER' });
    for (const { id } of [first, second])
      expect(await row(id)).toMatchObject({ burstId: BigInt(burst), statusMessageId: null });
    // Neither gets a picker of its own, by a press on the old one or by the sweep.
    expect(await lanes.setStatusMessage(first.id, 7)).toBe(false);
    await database.transcription.updateMany({
      where: { userId: { not: user } },
      data: { statusMessageId: 1 },
    });
    expect(await lanes.leaseUnshown(10)).toEqual([]);
    // A message that Telegram delivers late is no longer a status message.
    expect(await lanes.offerStatusMessage(second.id, 8)).toBe(false);
    expect(await database.answerMessage.count({ where: { transcriptionId: first.id } })).toBe(0);
  });

  test('files further apart than ten seconds, or after an end, are no burst', async () => {
    const first = await submitted(lanes, upload({ user }));
    await change(first.id, { createdAt: new Date(Date.now() - 11_000) });
    const second = await submitted(lanes, upload({ user }));
    expect(second.msSincePrevious).toBeGreaterThan(10_000);
    expect(await bursts.add(second.id, user, second.msSincePrevious)).toBeNull();
    // The database decides: also a caller that knows nothing of the time.
    expect(await bursts.add(second.id, user, 1)).toBeNull();
    for (const state of ['COMPLETED', 'FAILED', 'CANCELLED'] as const) {
      await database.transcription.updateMany({ where: { userId: user }, data: { state } });
      const next = await submitted(lanes, upload({ user }));
      expect(await bursts.add(next.id, user, next.msSincePrevious)).toBeNull();
    }
    expect(await database.burst.count({ where: { userId: user } })).toBe(0);
    // A burst takes more files as long as one of it is open.
    const { ids, burst } = await arrives(2);
    await change(ids[1] ?? 0, { state: 'COMPLETED' });
    expect((await arrives(1)).burst).toBe(burst);
    await database.transcription.updateMany({ where: { userId: user }, data: { state: 'COMPLETED' } });
    expect((await arrives(1)).burst).toBe(0);
  });

  test('forty files that are added at once all know the burst that they are in', async () => {
    await submitted(lanes, upload({ user }));
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        const { id, msSincePrevious } = await submitted(lanes, upload({ user }));
        const burst = await bursts.add(id, user, msSincePrevious);
        expect(burst).not.toBeNull();
        expect(Number((await row(id)).burstId)).toBe(burst);
      }),
    );
  });

  test('one press chooses for all files in order of arrival, and the lane runs them one at a time', async () => {
    const { ids, burst } = await arrives(3);
    const choice = await bursts.choose(burst, user, 'local');
    expect(choice).toMatchObject({ outcome: 'chosen', next: { id: ids[0] }, reusable: [] });
    expect(await Promise.all(ids.map(async (id) => (await row(id)).state))).toEqual([
      'QUEUED',
      'PENDING',
      'PENDING',
    ]);
    expect(await laneOf(user)).toMatchObject({ pending: 2, open: 3 });
    expect(await bursts.choose(burst, user, 'local')).toEqual({ outcome: 'already' });
    expect(await bursts.choose(burst, user + 1_000, 'local')).toEqual({ outcome: 'unknown' });
  });

  test('cancel all ends what waits, asks the worker to end what runs, and frees the lane', async () => {
    const { ids, burst } = await arrives(3, 'local');
    await claims();
    expect(await bursts.cancel(burst, user + 1_000)).toBeNull();
    expect(await bursts.cancel(burst, user)).toEqual({ ended: 2, requested: 1, next: null });
    expect((await row(ids[0] ?? 0)).cancelRequestedAt).not.toBeNull();
    expect(await laneOf(user)).toMatchObject({ pending: 0, open: 1 });
    const other = await arrives(2, 'local');
    expect(await bursts.cancel(other.burst, user)).toEqual({ ended: 2, requested: 0, next: null });
  });

  test('only the last end of a burst makes a sound, and each end knows the message that its text belongs into', async () => {
    const { ids } = await arrives(2, 'local');
    for (const hasMore of [true, false]) {
      const job = await claims();
      const finished = await lanes.finish(job, failed);
      expect(finished).toMatchObject({ result: 'committed', burst: { statusMessageId: null, hasMore } });
      expect(await lanes.findFinished(job)).toMatchObject({ burst: { statusMessageId: null, hasMore } });
    }
    const payloads = await database.delivery.findMany({
      where: { transcriptionId: { in: ids } },
      orderBy: { transcriptionId: 'asc' },
    });
    expect(payloads.map(({ payload }) => 'isAnnounced' in (payload as object))).toEqual([false, true]);
  });

  test('albums wait for one another until they fill an album, until all texts of the burst are sent, or for a minute', async () => {
    const outbox = createDeliveries(database);
    const { ids } = await arrives(5, 'local');
    const ends = async () => lanes.finish(await claims(), completed);
    const sendsText = (id: number) => outbox.recordSent(id, [{ delivery: ended, messageIds: [id] }], true);
    const held = async () => {
      const rows = await database.transcription.findMany({
        where: { id: { in: ids } },
        orderBy: { id: 'asc' },
      });
      return rows.map(({ deliverAfter, deliverAttempts, unsentSince }) => {
        if (deliverAfter === null) return 'sent';
        if (deliverAttempts !== -1) return 'due';
        // No admin is told that it is late.
        expect(unsentSince).toBeNull();
        return (deliverAfter.getTime() - Date.now()) / 1_000 <= 60 ? 'held' : 'held too long';
      });
    };
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = ids;
    await ends();
    await sendsText(first);
    await ends();
    await sendsText(second);
    expect((await held()).slice(0, 2)).toEqual(['held', 'held']);
    // Another album of three files would be too much for ten.
    await ends();
    await sendsText(third);
    expect((await held()).slice(0, 3)).toEqual(['due', 'due', 'due']);
    const taken = await outbox.leaseDue(1);
    expect(taken.map(({ transcription }) => transcription.id).toSorted()).toEqual([first, second, third]);
    for (const { transcription } of taken) {
      await outbox.recordSent(
        transcription.id,
        [{ delivery: album, messageIds: [transcription.id + 50] }],
        true,
      );
    }
    await ends();
    await sendsText(fourth);
    // A process that died with it: another one sends it when the minute is over.
    await database.transcription.update({ where: { id: fourth }, data: { deliverAfter: new Date(0) } });
    expect((await outbox.leaseDue(9)).map(({ transcription }) => transcription.id)).toEqual([fourth]);
    await outbox.recordSent(fourth, [{ delivery: ended, messageIds: [fourth] }], true);
    expect((await held())[3]).toBe('held');
    await ends();
    // The text of the last one is on its way.
    expect(await held()).toEqual(['sent', 'sent', 'sent', 'held', 'due']);
    await sendsText(fifth);
    expect(await held()).toEqual(['sent', 'sent', 'sent', 'due', 'due']);
  });

  test('albums that wait are due when the last open file is cancelled or deleted, and when one of them is asked for more', async () => {
    const outbox = createDeliveries(database);
    for (const end of ['cancelled', 'deleted', 'asked'] as const) {
      const { ids, burst } = await arrives(2, 'local');
      const [first = 0, second = 0] = ids;
      await lanes.finish(await claims(), completed);
      await outbox.recordSent(first, [{ delivery: ended, messageIds: [first] }], true);
      expect(await row(first)).toMatchObject({ deliverAttempts: -1 });
      if (end === 'cancelled') await bursts.cancel(burst, user);
      else if (end === 'deleted') await lanes.delete(second, user);
      else await outbox.add(first, user, { kind: 'album', payload: { formats: ['srt'] } });
      const now = await row(first);
      expect(now).toMatchObject({ deliverAttempts: 0 });
      expect(now.deliverAfter?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
      user += 1;
    }
  });

  test('a change makes the message due again by its rhythm, and a change during an update is not lost', async () => {
    const { ids, burst } = await arrives(2, 'local');
    /** Time from the last update of the message, or the beginning, until it is due, in ms. */
    const dueIn = async () => {
      const { updateAfter, shownAt, createdAt } = await burstOf(burst);
      return (updateAfter?.getTime() ?? Number.NaN) - (shownAt ?? createdAt).getTime();
    };
    expect(await dueIn()).toBeLessThan(750);
    await database.burst.update({ where: { id: burst }, data: { updateAfter: new Date(0) } });
    const lease = (await bursts.leaseDue(100)).find(({ id }) => id === burst);
    if (lease === undefined) throw new Error('not due');
    expect((await bursts.leaseDue(100)).filter(({ id }) => id === burst)).toEqual([]);
    await claims();
    expect(await bursts.read(burst)).toMatchObject({
      counts: { running: 1, waiting: 1 },
      first: { id: ids[0] },
    });
    await bursts.recordShown(lease, 5, 'what it shows', false);
    // The claim came during the update: due in 3 s.
    expect(await dueIn()).toBeGreaterThan(2_000);
    expect(await dueIn()).toBeLessThan(3_100);
    // Without a change it is up to date.
    const again = await bursts.lease(burst, user);
    if (again === null) throw new Error('not taken');
    await bursts.recordShown(again, 5, 'what it shows', false);
    expect(await burstOf(burst)).toMatchObject({ updateAfter: null, messageId: 5, shown: 'what it shows' });
    // A long one changes less often.
    await database.burst.update({ where: { id: burst }, data: { createdAt: new Date(Date.now() - 40_000) } });
    await bursts.cancel(burst, user);
    expect(await dueIn()).toBeGreaterThan(15_000);
    expect(await dueIn()).toBeLessThan(21_000);
  });

  test('what acts on a burst reads its own files only, however many others wait', async () => {
    await database.execute`
      INSERT INTO "user" (id, "firstName") SELECT n, '' FROM generate_series(1000000, 1000999) AS n`;
    await database.execute`
      INSERT INTO chat (id, type) SELECT n, 'private' FROM generate_series(1000000, 1000999) AS n`;
    await database.execute`
      INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", kind, "fileId", "fileUniqueId", "sentAt")
      SELECT 1000000 + n % 1000, n, 'PENDING', 'many:' || n, 1000000 + n % 1000, n, 'voice', 'f', 'u' || n, now()
        FROM generate_series(1, 20000) AS n`;
    await database.execute`ANALYZE transcription`;
    const { burst } = await arrives(3);
    await database.transaction(async (transaction) => {
      const inside = createBursts({ ...database, ...transaction } as typeof database, {
        maxGapMs: 10_000,
        dispatchMs: 60_000,
      });
      await inside.read(burst);
      await inside.choose(burst, user, 'local');
      await inside.cancel(burst, user);
      const [found] = await transaction.query<{ read: number }[]>`
        SELECT (seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_xact_user_tables WHERE relname = 'transcription'`;
      expect(found?.read).toBeLessThan(300);
    });
  });
});
