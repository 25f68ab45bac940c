/** What is done for lanes in the background beside the sweep: pruning, questions that were never sent, and sums. */

import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { completed, ended, failed, queued, running } from '../support/lane-files.ts';
import { openLaneStore, resultOf } from '../support/lane-store.ts';
import { submitted, upload } from '../support/uploads.ts';

const { database, lanes, row, change, laneOf, whileHeld, close } = await openLaneStore(4);
afterAll(close);
let user = 0;
beforeEach(() => {
  user += 10;
});

const lane = (who = user) => laneOf(who);

describe('pruning', () => {
  const day = 86_400_000;
  const prune = (limit = 100) =>
    resultOf(
      database.query<
        { result: number }[]
      >`SELECT lane_prune(${limit}::int, ${30 * day}, ${30 * day}) AS result`,
    );
  const ago = (days: number) => new Date(Date.now() - days * day);
  const chunk = (transcriptionId: number, startMs: number, days: number) =>
    database.chunk.create({
      data: { transcriptionId, startMs, endMs: startMs + 1, engine: 'local', createdAt: ago(days) },
    });

  test('pruning deletes the oldest chunks first, a limited number at a time, and no young ones', async () => {
    const job = await running(lanes, user);
    await chunk(job.id, 0, 31);
    await chunk(job.id, 1, 33);
    await chunk(job.id, 2, 32);
    await chunk(job.id, 3, 29);
    const left = async () =>
      (
        await database.chunk.findMany({ where: { transcriptionId: job.id }, orderBy: { startMs: 'asc' } })
      ).map(({ startMs }) => startMs);
    expect([await prune(1), await left()]).toEqual([1, [0, 2, 3]]);
    expect([await prune(1), await left()]).toEqual([1, [0, 3]]);
    expect([await prune(), await left()]).toEqual([1, [3]]);
    expect(await prune()).toBe(0);
  });

  test('pruning deletes the oldest moves of the history first', async () => {
    const { id } = await submitted(lanes, upload({ user }));
    await lanes.cancel(id, user);
    const moves = await database.stateChange.findMany({ where: { userId: user }, orderBy: { id: 'asc' } });
    const [created, cancelled] = moves.map((move) => move.id);
    await database.stateChange.update({ where: { id: created ?? 0n }, data: { at: ago(31) } });
    await database.stateChange.update({ where: { id: cancelled ?? 0n }, data: { at: ago(32) } });
    expect(await prune(1)).toBe(1);
    expect((await database.stateChange.findMany({ where: { userId: user } })).map((move) => move.id)).toEqual(
      [created],
    );
    expect([await prune(1), await prune(1)]).toEqual([1, 0]);
  });

  test('pruning cancels the files that have waited longest for an engine, but in no lane that is in use', async () => {
    const ids: number[] = [];
    for (const [index, days] of [31, 33, 32, 29].entries()) {
      const { id } = await submitted(lanes, upload({ user: user + index }));
      await change(id, { runAfter: ago(days) });
      ids.push(id);
    }
    const job = await running(lanes, user + 5);
    await change(job.id, { runAfter: ago(40) });
    const open = async () => {
      const rows = await Promise.all(ids.map(row));
      return rows.flatMap(({ id, state }) => (state === 'CHOOSING' ? [ids.indexOf(Number(id))] : []));
    };
    expect([await prune(1), await open()]).toEqual([1, [0, 2, 3]]);
    await whileHeld('lane', `"userId" = ${user}`, async () => {
      expect([await prune(), await open()]).toEqual([1, [0, 3]]);
    });
    expect([await prune(), await open()]).toEqual([1, [3]]);
    expect(await prune()).toBe(0);
    expect((await row(ids[0] ?? 0)).finishedAt).not.toBeNull();
    expect((await row(job.id)).state).toBe('PROCESSING');
  });
});

describe('a question that was never sent', () => {
  beforeEach(async () => {
    await database.transcription.deleteMany({ where: { state: 'CHOOSING' } });
  });

  test('a question that was never sent is taken once a minute, the longest due first, while its file waits for an engine', async () => {
    const ids: number[] = [];
    for (const secondsAgo of [10, 30, 20, -30, 50, 50]) {
      const { id } = await submitted(lanes, upload({ user }));
      await change(id, { runAfter: new Date(Date.now() - secondsAgo * 1_000) });
      ids.push(id);
    }
    const [first = 0, second = 0, third = 0, , shown = 0, cancelled = 0] = ids;
    await lanes.setStatusMessage(shown, 7);
    await lanes.cancel(cancelled, user);
    const taken = await lanes.leaseUnshown(1);
    expect(taken).toMatchObject([{ id: second, languageCode: 'fa' }]);
    const { runAfter } = await row(second);
    expect(Math.round((runAfter.getTime() - Date.now()) / 10_000)).toBe(6);
    await whileHeld('transcription', `id = ${first}`, async () => {
      expect((await lanes.leaseUnshown(9)).map(({ id }) => id)).toEqual([third]);
    });
    expect((await lanes.leaseUnshown(9)).map(({ id }) => id)).toEqual([first]);
    expect(await lanes.leaseUnshown(9)).toEqual([]);
  });

  test('a question that was never sent is not due for the first seconds, in which the bot sends it itself', async () => {
    const { id } = await submitted(lanes, upload({ user }));
    expect(Math.abs((await row(id)).runAfter.getTime() - Date.now() - 15_000)).toBeLessThan(5_000);
    expect(await lanes.leaseUnshown(9)).toEqual([]);
  });
});

test('the files before one in its lane are counted up to a hundred', async () => {
  const first = await running(lanes, user);
  const other = await running(lanes, user + 1);
  const before = (seq: number, who = user) =>
    resultOf(database.query<{ result: number }[]>`SELECT lane_before(${who}::bigint, ${seq}::int) AS result`);
  expect([await before(1), await before(2)]).toEqual([0, 1]);
  await database.execute`
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", kind, "fileId", "fileUniqueId", engine, "sentAt")
    SELECT ${user}, number, 'PENDING', 'waits ' || ${user} || number, ${user}, number, 'voice', 'a', 'a', 'local', now()
      FROM generate_series(2, 150) AS number`;
  expect([await before(2), await before(3), await before(51)]).toEqual([1, 2, 50]);
  expect([await before(100), await before(101), await before(102), await before(150)]).toEqual([
    99, 100, 100, 100,
  ]);
  await lanes.finish(first, completed);
  expect([await before(3), await before(51)]).toEqual([1, 49]);
  expect([await before(1, user + 1), await before(9, user + 1)]).toEqual([0, 1]);
  expect(other.id).toBeGreaterThan(first.id);
});

describe('the sums of a lane', () => {
  test('the sums of a lane follow changes by hand as well, also of files without a length', async () => {
    const sums = async () => {
      const { pending, open, openSeconds } = await lane();
      return { pending, open, openSeconds };
    };
    const { id } = await submitted(lanes, { ...upload({ user }), announcedSeconds: null });
    await submitted(lanes, { ...upload({ user }), announcedSeconds: 5 });
    await running(lanes, user + 1);
    expect(await sums()).toEqual({ pending: 0, open: 2, openSeconds: 5 });
    await change(id, { state: 'PENDING' });
    expect(await sums()).toEqual({ pending: 1, open: 2, openSeconds: 5 });
    await change(id, { state: 'COMPLETED' });
    expect(await sums()).toEqual({ pending: 0, open: 1, openSeconds: 5 });
    await change(id, { state: 'PENDING', announcedSeconds: 3 });
    await database.transcription.deleteMany({ where: { userId: user } });
    expect(await sums()).toEqual({ pending: 0, open: 0, openSeconds: 0 });
    expect(await lane(user + 1)).toMatchObject({ pending: 0, open: 1, openSeconds: 11 });
  });

  test('the sums of the depth are added up in one row for each state and engine, when there are enough rows', async () => {
    const fold = (least: number, most: number) =>
      resultOf(
        database.query<{ result: number }[]>`SELECT depth_fold(${least}::int, ${most}::int) AS result`,
      );
    const rows = async () =>
      (await database.depth.findMany({ orderBy: { id: 'asc' } })).map(({ state, engine, files }) => [
        state,
        engine,
        files,
      ]);
    await database.depth.deleteMany();
    const job = await running(lanes, user);
    const path = [
      ['CHOOSING', null, 1],
      ['CHOOSING', null, -1],
      ['QUEUED', 'local', 1],
      ['QUEUED', 'local', -1],
      ['PROCESSING', 'local', 1],
    ];
    expect(await rows()).toEqual(path);
    expect(await fold(6, 100)).toBe(0);
    expect(await fold(5, 3)).toBe(3);
    expect(await rows()).toEqual([...path.slice(3), ['QUEUED', 'local', 1]]);
    expect(await fold(3, 100)).toBe(3);
    expect(await rows()).toEqual([['PROCESSING', 'local', 1]]);
    await change(job.id, { engine: 'vira' });
    expect(await rows()).toEqual([
      ['PROCESSING', 'local', 1],
      ['PROCESSING', 'local', -1],
      ['PROCESSING', 'vira', 1],
    ]);
    await whileHeld('depth', 'id = (SELECT min(id) FROM depth)', async () =>
      expect(await fold(1, 1)).toBe(1),
    );
    expect(await rows()).toHaveLength(3);
    // Neither the same state again nor the deletion of a file that has ended is a change.
    await change(job.id, { state: 'PROCESSING', engine: 'vira' });
    await lanes.finish(job, completed);
    await lanes.delete(job.id, user);
    expect((await rows()).slice(3)).toEqual([['PROCESSING', 'vira', -1]]);
    const next = await running(lanes, user);
    await database.depth.deleteMany();
    await lanes.delete(next.id, user);
    expect(await rows()).toEqual([['PROCESSING', 'local', -1]]);
  });
});

describe('the moments of a file', () => {
  test('the moments of a file say since when it is QUEUED, and since when its answer is unsent', async () => {
    const token = await queued(lanes, user);
    const isNow = (at: Date | null) => Math.abs((at?.getTime() ?? 0) - Date.now()) < 10_000;
    expect(isNow((await row(token.id)).queuedAt)).toBe(true);
    expect((await row(token.id)).unsentSince).toBeNull();
    const longAgo = new Date(Date.now() - 3_600_000);
    await change(token.id, { queuedAt: longAgo });
    await change(token.id, { state: 'QUEUED' });
    expect((await row(token.id)).queuedAt).toEqual(longAgo);
    const job = await lanes.claim(token, 'a worker');
    if (job === null) throw new Error('nothing to claim');
    await lanes.finish(job, failed);
    expect(isNow((await row(job.id)).unsentSince)).toBe(true);
    await change(job.id, { unsentSince: longAgo });
    await change(job.id, { deliverAfter: new Date() });
    expect((await row(job.id)).unsentSince).toEqual(longAgo);
    await change(job.id, { deliverAfter: null });
    expect((await row(job.id)).unsentSince).toBeNull();
  });

  test('the moments of a file say until when it is kept, from its end on, by the choice of its user', async () => {
    const other = user + 1;
    const kept = async (id: number) => {
      const { retainedUntil, finishedAt } = await row(id);
      return retainedUntil === null
        ? null
        : (retainedUntil.getTime() - (finishedAt?.getTime() ?? 0)) / 3_600_000;
    };
    const first = await ended(lanes, user, failed);
    expect(await kept(first)).toBeNull();
    await ended(lanes, other);
    await database.setting.update({ where: { userId: user }, data: { retentionHours: 24 } });
    await database.setting.update({ where: { userId: other }, data: { retentionHours: 1 } });
    const second = await ended(lanes, user, failed);
    expect([await kept(first), await kept(second), await kept(await ended(lanes, other))]).toEqual([
      null,
      24,
      1,
    ]);
    await lanes.reopen(second, user, false);
    expect((await row(second)).retainedUntil).toBeNull();
    await change(second, { state: 'COMPLETED', finishedAt: null });
    expect(
      Math.round(((await row(second)).retainedUntil?.getTime() ?? 0) / 3_600_000 - Date.now() / 3_600_000),
    ).toBe(24);
  });
});
