/** What a user's calls of a lane (retry, cancel, choice, deletion) write and return beyond the states. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../../src/domain/transcription.ts';
import { ended, failed, queued, running } from '../support/lane-files.ts';
import { isNow, openLaneStore } from '../support/lane-store.ts';
import { submitted, upload } from '../support/uploads.ts';

const { database, lanes, row, change, laneOf, close } = await openLaneStore(4);
afterAll(close);
let user = 0;
beforeEach(() => {
  user += 1;
});

const lane = (who = user) => laneOf(who);

describe('a file that is tried again', () => {
  test('a file that is tried again starts as if it were new, at the end of the line, and only it', async () => {
    const id = await ended(lanes, user, failed);
    const other = await ended(lanes, user, failed);
    const job = await running(lanes, user);
    await change(id, { deliverAttempts: 4, runAfter: new Date(0), cancelRequestedAt: new Date(0) });
    const answer = await lanes.reopen(id, user, false);
    expect(answer).toEqual({ outcome: 'chosen', state: 'PENDING', before: 1, next: null });
    const { runAfter, ...again } = await row(id);
    expect(again).toMatchObject({
      state: 'PENDING',
      attempts: 0,
      seq: 4,
      errorCode: null,
      errorDetails: null,
      startedAt: null,
      finishedAt: null,
      cancelRequestedAt: null,
      deliverAfter: null,
      deliverAttempts: 0,
      unsentSince: null,
      engine: 'local',
    });
    expect(isNow(runAfter)).toBe(true);
    expect(await database.delivery.count({ where: { transcriptionId: id } })).toBe(0);
    expect(await database.delivery.count({ where: { transcriptionId: other } })).toBe(1);
    expect(await row(other)).toMatchObject({ state: 'FAILED', errorCode: 'engine_failed', attempts: 1 });
    expect(await row(job.id)).toMatchObject({ state: 'PROCESSING' });
    expect((await lane()).nextSeq).toBe(5);
  });

  test('a file in any other state is not tried again, except a waiting one whose engine is to be picked', async () => {
    const { id: choosing } = await submitted(lanes, upload({ user }));
    const done = await ended(lanes, user);
    const job = await running(lanes, user);
    const { id: waits } = await submitted(lanes, upload({ user }));
    await lanes.choose(waits, user, 'local');
    for (const [id, state] of [
      [choosing, 'CHOOSING'],
      [done, 'COMPLETED'],
      [job.id, 'PROCESSING'],
    ] as const)
      for (const choose of [true, false])
        expect(await lanes.reopen(id, user, choose)).toEqual({ outcome: 'already', state });
    expect(await lanes.reopen(waits, user, false)).toEqual({ outcome: 'already', state: 'PENDING' });
    expect(await lanes.reopen(waits, user, true)).toMatchObject({
      outcome: 'chosen',
      state: 'CHOOSING',
      next: null,
    });
    expect(await lane()).toMatchObject({ pending: 0, open: 3 });
  });
});

describe('a cancel', () => {
  test('a cancel keeps its moment; of a running file that of the first one', async () => {
    const { id } = await submitted(lanes, upload({ user }));
    await lanes.cancel(id, user);
    expect(isNow((await row(id)).finishedAt)).toBe(true);
    expect((await row(id)).deliverAfter).toBeNull();
    const other = await running(lanes, user + 1_000_000);
    const job = await running(lanes, user);
    await lanes.cancel(job.id, user);
    expect(isNow((await row(job.id)).cancelRequestedAt)).toBe(true);
    const cancelRequestedAt = new Date(0);
    await change(job.id, { cancelRequestedAt });
    expect(await lanes.cancel(job.id, user)).toEqual({ outcome: 'requested' });
    expect((await row(job.id)).cancelRequestedAt).toEqual(cancelRequestedAt);
    expect((await row(other.id)).cancelRequestedAt).toBeNull();
  });

  test('a cancel of a file that no worker has sends no message, and touches no other answer', async () => {
    const unsent = await ended(lanes, user, failed);
    const token = await queued(lanes, user);
    expect((await lanes.cancel(token.id, user)).outcome).toBe('cancelled');
    expect(await row(token.id)).toMatchObject({ state: 'CANCELLED', deliverAfter: null });
    expect(isNow((await row(token.id)).finishedAt)).toBe(true);
    expect(await database.delivery.count({ where: { transcriptionId: token.id } })).toBe(0);
    expect((await row(unsent)).deliverAfter).not.toBeNull();
    expect(await lanes.cancel(unsent, user)).toEqual({ outcome: 'ended', state: 'FAILED' });
  });
});

test('a choice makes the file due at once, and no other', async () => {
  const files = [await submitted(lanes, upload({ user })), await submitted(lanes, upload({ user }))];
  const [first = 0, second = 0] = files.map(({ id }) => id);
  for (const id of [first, second]) await change(id, { runAfter: new Date(0) });
  await lanes.choose(second, user, 'vira');
  expect(await row(second)).toMatchObject({ state: 'QUEUED', engine: 'vira' });
  expect(isNow((await row(second)).runAfter)).toBe(true);
  expect(await row(first)).toMatchObject({ state: 'CHOOSING', engine: null, runAfter: new Date(0) });
});

test('a file of another user can be neither deleted nor tried again', async () => {
  const id = await ended(lanes, user, failed);
  const stranger = user + 1_000_000;
  await running(lanes, stranger);
  expect(await lanes.delete(id, stranger)).toEqual({ outcome: 'unknown' });
  expect(await lanes.reopen(id, stranger, false)).toEqual({ outcome: 'unknown' });
  expect(await row(id)).toMatchObject({ state: 'FAILED', attempts: 1, seq: 1 });
  expect(await lane(stranger)).toMatchObject({ nextSeq: 2 });
});

describe('a deletion', () => {
  test('a deletion names the messages with its text and documents, and those of a joint document with the last of it, but not its status', async () => {
    const id = await ended(lanes, user);
    const other = await ended(lanes, user);
    const { id: burstId } = await database.burst.create({ data: { userId: user, state: 'BUNDLED' } });
    await change(id, { burstId, statusMessageId: 1 });
    await change(other, { burstId, statusMessageId: 2 });
    const sent = (transcriptionId: number, kind: string, ...sentMessageIds: number[]) =>
      database.delivery.create({ data: { transcriptionId, kind, part: 5, payload: {}, sentMessageIds } });
    await sent(id, 'text', 11, 12);
    await sent(other, 'text', 21);
    await sent(other, 'bundle', 31, 32);
    const answer = await lanes.delete(id, user);
    if (answer.outcome !== 'deleted') throw new Error(answer.outcome);
    expect(answer.messageIds.toSorted()).toEqual([11, 12]);
    expect(await database.transcription.findUnique({ where: { id } })).toBeNull();
    expect((await row(other)).state).toBe('COMPLETED');
    const last = await lanes.delete(other, user);
    if (last.outcome !== 'deleted') throw new Error(last.outcome);
    expect(last.messageIds.toSorted()).toEqual([21, 31, 32]);
    const alone = await ended(lanes, user);
    expect(await lanes.delete(alone, user)).toMatchObject({ messageIds: [] });
  });

  test('a deletion of the active file frees the slot for the next one, of a waiting one does not', async () => {
    const job: Job = await running(lanes, user);
    const ids: number[] = [];
    for (let file = 0; file < 2; file += 1) {
      const { id } = await submitted(lanes, upload({ user }));
      await lanes.choose(id, user, 'local');
      ids.push(id);
    }
    const [second = 0, third = 0] = ids;
    expect(await lanes.delete(second, user)).toMatchObject({ next: null });
    expect((await lanes.heartbeat(job)).held).toBe(true);
    expect(await lanes.delete(job.id, user)).toMatchObject({ next: { id: third, fence: job.fence + 2 } });
    expect((await lanes.heartbeat(job)).held).toBe(false);
    expect(await lane()).toMatchObject({ holder: null, open: 1, openSeconds: 11, pending: 0 });
  });
});

describe('other engines for an active file', () => {
  test('other engines for an active file are offered for a time, which its worker sees, and no longer when the user goes on', async () => {
    const job = await running(lanes, user);
    expect(await lanes.checkJob(job.id)).toMatchObject({ isWanted: true, isAsking: false });
    expect(await lanes.setAsking(job.id, user, 60_000)).toBe(true);
    expect(await lanes.checkJob(job.id)).toMatchObject({ isWanted: true, isAsking: true });
    expect(await lanes.setAsking(job.id, user, null)).toBe(true);
    expect(await lanes.checkJob(job.id)).toMatchObject({ isWanted: true, isAsking: false });
    // The time is over.
    await lanes.setAsking(job.id, user, -1);
    expect(await lanes.checkJob(job.id)).toMatchObject({ isWanted: true, isAsking: false });
  });

  test('other engines for an active file are offered to its own user alone, and not for one that is cancelled or has ended', async () => {
    const id = await ended(lanes, user, failed);
    expect(await lanes.setAsking(id, user, 60_000)).toBe(false);
    const job = await running(lanes, user);
    expect(await lanes.setAsking(job.id, user + 1_000_000, 60_000)).toBe(false);
    await lanes.cancel(job.id, user);
    expect(await lanes.setAsking(job.id, user, 60_000)).toBe(false);
    expect(await lanes.checkJob(job.id)).toMatchObject({ isWanted: false, isAsking: false });
  });
});
