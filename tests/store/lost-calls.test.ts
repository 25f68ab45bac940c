/** What a caller does whose response was lost, and what an admin does when nobody answers. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { completed, failed, queued, running } from '../support/lane-files.ts';
import { openLaneStore } from '../support/lane-store.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

const { database, lanes, row, laneOf, close } = await openLaneStore(4);
afterAll(close);
let user = 0;
beforeEach(() => {
  user += 1;
});

const lane = (who = user) => laneOf(who);
const waiting = async (who = user) => {
  const { id } = await submitted(lanes, upload({ user: who }));
  await lanes.choose(id, who, 'local');
  return id;
};
const leftMs = async (who = user) => ((await lane(who)).leaseUntil?.getTime() ?? 0) - Date.now();

describe('a claim whose response was lost', () => {
  test('a claim whose response was lost is given back by its holder, without an attempt, with a token for the next claim', async () => {
    const token = await queued(lanes, user);
    await lanes.claim(token, 'a worker');
    const again = await lanes.unclaim(token, 'a worker');
    expect(again).toEqual({ ...token, fence: token.fence + 2 });
    expect(await row(token.id)).toMatchObject({ state: 'QUEUED', attempts: 0, errorCode: null });
    expect(await lane()).toMatchObject({ holder: null, activeId: BigInt(token.id) });
    expect(again && (await lanes.claim(again, 'a worker'))?.attempts).toBe(1);
  });

  test('a claim whose response was lost is given back by nobody else, and by no other token', async () => {
    const token = await queued(lanes, user);
    const other = await queued(lanes, user + 1_000_000);
    await lanes.claim(other, 'a worker');
    expect(await lanes.unclaim(token, 'a worker')).toBeNull();
    await lanes.claim(token, 'a worker');
    expect(await lanes.unclaim(token, 'another')).toBeNull();
    for (const fence of [token.fence - 1, token.fence + 1, token.fence + 2])
      expect(await lanes.unclaim({ ...token, fence }, 'a worker')).toBeNull();
    expect(await lanes.unclaim({ ...token, id: token.id + 1_000_000 }, 'a worker')).toBeNull();
    expect(await row(token.id)).toMatchObject({ state: 'PROCESSING', attempts: 1 });
  });
});

describe('a result whose response was lost', () => {
  test('a result whose response was lost is known to have been committed, with the token of the file that is next', async () => {
    const job = await running(lanes, user);
    const next = await waiting();
    expect(await lanes.findFinished(job)).toBeNull();
    const answer = await lanes.finish(job, completed);
    expect(answer.next?.id).toBe(next);
    expect(await lanes.findFinished(job)).toEqual(answer);
    if (answer.next) await lanes.claim(answer.next, 'another');
    expect(await lanes.findFinished(job)).toEqual({ ...answer, next: null });
  });

  test('a result whose response was lost is known as a failure or a cancel as well', async () => {
    const first = await running(lanes, user);
    await lanes.finish(first, failed);
    expect(await lanes.findFinished(first)).toEqual({ result: 'committed', next: null, isBundled: false });
    const second = await running(lanes, user);
    await lanes.cancel(second.id, user);
    await lanes.finish(second, completed);
    expect(await lanes.findFinished(second)).toEqual({ result: 'cancelled', next: null, isBundled: false });
    await lanes.delete(second.id, user);
    expect(await lanes.findFinished(second)).toBeNull();
  });

  test('a result whose response was lost is not taken for that of another claim of the same file', async () => {
    const job = await running(lanes, user);
    const { token } = await lanes.requeue(job, { error: null, backoffMs: 0, countsAsAttempt: false });
    expect(await lanes.findFinished(job)).toBeNull();
    const again = token && (await lanes.claim(token, 'another'));
    if (!again) throw new Error('nothing to claim');
    await lanes.finish(again, failed);
    expect(await lanes.findFinished(job)).toBeNull();
    await lanes.reopen(job.id, user, false);
    expect(await lanes.findFinished(again)).toBeNull();
    await lanes.cancel(job.id, user);
    expect(await lanes.findFinished(again)).toBeNull();
  });

  test('a result whose response was lost is not taken for the end of a file that lost its workers', async () => {
    const hasty = createLanes(database, { ...patientLanes, jobLeaseMs: 0, maxLosses: 1 });
    const job = await running(hasty, user, {}, 'a worker with one file');
    await hasty.sweep();
    expect(await row(job.id)).toMatchObject({ state: 'FAILED', errorCode: 'worker_lost' });
    expect(await lanes.findFinished(job)).toBeNull();
  });

  test('a result whose response was lost that made one document with others says so', async () => {
    const job = await running(lanes, user);
    const waits = await waiting();
    const { id } = await database.burst.create({ data: { userId: user, state: 'BUNDLING' } });
    await database.transcription.updateMany({ where: { userId: user }, data: { burstId: id } });
    const status = {
      kind: 'status',
      part: 0,
      payload: { kind: 'completed', durationSeconds: 1, wallSeconds: 1, engineName: '' },
    } as const;
    const answer = await lanes.finish(job, { ...completed, deliveries: [...completed.deliveries, status] });
    expect(answer).toMatchObject({ result: 'committed', isBundled: true, next: { id: waits } });
    expect(await lanes.findFinished(job)).toEqual(answer);
    const sent = await database.delivery.findMany({ where: { transcriptionId: job.id } });
    expect(sent).toMatchObject([{ kind: 'status', payload: { ...status.payload, isBundled: true } }]);
    expect((await row(job.id)).deliverAfter?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    const second = answer.next && (await lanes.claim(answer.next, 'a worker'));
    if (!second) throw new Error('nothing to claim');
    const end = await lanes.finish(second, failed);
    expect(end).toMatchObject({ result: 'committed', isBundled: false, burst: { hasMore: true } });
    expect(await lanes.findFinished(second)).toEqual(end);
  });

  test('the result of the last one of a bundle, whose response was lost, does not send its answer by itself', async () => {
    const job = await running(lanes, user);
    const { id } = await database.burst.create({ data: { userId: user, state: 'BUNDLING' } });
    await database.transcription.updateMany({ where: { userId: user }, data: { burstId: id } });
    const status = {
      kind: 'status',
      part: 0,
      payload: { kind: 'completed', durationSeconds: 1, wallSeconds: 1, engineName: '' },
    } as const;
    const end = await lanes.finish(job, { ...completed, deliveries: [...completed.deliveries, status] });
    expect(await database.burst.findUnique({ where: { id } })).toMatchObject({ state: 'BUNDLED' });
    expect(end).toMatchObject({ isBundled: true, burst: { hasMore: true } });
    expect(await lanes.findFinished(job)).toEqual(end);
  });
});

test('a file goes into one document only when its user has accepted that for its burst', async () => {
  const other = await running(lanes, user + 1_000_000);
  const accepted = await database.burst.create({ data: { userId: user + 1_000_000, state: 'BUNDLING' } });
  await database.transcription.update({ where: { id: other.id }, data: { burstId: accepted.id } });
  await submitted(lanes, upload({ user }));
  const offered = await database.burst.create({ data: { userId: user, state: 'TOGETHER' } });
  for (const burstId of [offered.id, null]) {
    const job = await running(lanes, user);
    await database.transcription.update({ where: { id: job.id }, data: { burstId } });
    expect(await lanes.finish(job, completed)).toMatchObject({ result: 'committed', isBundled: false });
    expect(await database.delivery.findMany({ where: { transcriptionId: job.id } })).toMatchObject(
      completed.deliveries,
    );
  }
});

describe('an admin who frees a lane that hangs', () => {
  test('an admin who frees a lane that hangs requeues its file at once, without an attempt, and its worker has lost it', async () => {
    const other = await running(lanes, user + 1_000_000);
    const job = await running(lanes, user);
    await database.lane.update({ where: { userId: user }, data: { leaseUntil: new Date(0) } });
    const { state, token } = await lanes.forceRelease(user);
    expect({ state, token }).toEqual({
      state: 'PROCESSING',
      token: { id: job.id, fence: job.fence + 1, engine: 'local' },
    });
    expect(await row(job.id)).toMatchObject({ state: 'QUEUED', attempts: 0 });
    expect(await lane()).toMatchObject({ holder: null, fence: job.fence + 1 });
    expect(await leftMs()).toBeGreaterThan(50_000);
    expect((await lanes.heartbeat(job)).held).toBe(false);
    expect((await lanes.heartbeat(other)).held).toBe(true);
    expect(await row(other.id)).toMatchObject({ state: 'PROCESSING', attempts: 1 });
  });

  test('an admin who frees a lane that hangs clears the error of the attempt before, so that the history shows none', async () => {
    const job = await running(lanes, user);
    const error = new DabirError('engine_failed', 'down', { details: { seconds: 3 } });
    const { token } = await lanes.requeue(job, { error, backoffMs: 0, countsAsAttempt: true });
    expect(token && (await lanes.claim(token, 'another'))).not.toBeNull();
    await lanes.forceRelease(user);
    expect(await row(job.id)).toMatchObject({ state: 'QUEUED', errorCode: null, errorDetails: null });
    const changes = await database.stateChange.findMany({
      where: { transcriptionId: job.id, fromState: 'PROCESSING', toState: 'QUEUED' },
      orderBy: { id: 'asc' },
    });
    expect(changes.map(({ errorCode }) => errorCode)).toEqual(['engine_failed', null]);
  });

  test('an admin who frees a lane that hangs lets a file run now that waits for its next attempt; the attempts stay', async () => {
    const job = await running(lanes, user);
    await lanes.requeue(job, { error: failed.error, backoffMs: 3_600_000, countsAsAttempt: true });
    const { state, token } = await lanes.forceRelease(user);
    expect(state).toBe('QUEUED');
    const { attempts, runAfter, errorCode } = await row(job.id);
    expect({ attempts, errorCode }).toEqual({ attempts: 1, errorCode: failed.error.code });
    expect(runAfter.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(token && (await lanes.claim(token, 'another'))?.attempts).toBe(2);
  });

  test('an admin who frees a lane that hangs ends a file that its user has cancelled, and starts the next one', async () => {
    const job = await running(lanes, user);
    const next = await waiting();
    await lanes.cancel(job.id, user);
    expect(await lanes.forceRelease(user)).toMatchObject({ state: 'PROCESSING', token: { id: next } });
    const ended = await row(job.id);
    expect(ended.state).toBe('CANCELLED');
    expect(ended.deliverAfter?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(await database.delivery.findMany({ where: { transcriptionId: job.id } })).toMatchObject([
      { kind: 'status', part: 0, payload: { kind: 'cancelled' } },
    ]);
  });

  test('an admin who frees a lane that hangs starts the first waiting file of a lane without an active one, and nothing in an empty lane', async () => {
    const job = await running(lanes, user);
    const next = await waiting();
    await database.transcription.delete({ where: { id: job.id } });
    expect(await lanes.forceRelease(user)).toMatchObject({ state: null, token: { id: next } });
    expect(await row(next)).toMatchObject({ state: 'QUEUED', attempts: 0 });
    await submitted(lanes, upload({ user: user + 1_000_000 }));
    expect(await lanes.forceRelease(user + 1_000_000)).toEqual({ state: null, token: null });
  });
});
