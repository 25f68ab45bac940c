/** What a worker's calls of a lane write and return beyond the states, which the lane's model covers. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Usage } from '../../src/app/ports/lanes.ts';
import { completed, ended, failed, queued, running } from '../support/lane-files.ts';
import { fromNow, isNow, openLaneStore } from '../support/lane-store.ts';
import { submitted, upload } from '../support/uploads.ts';

const { database, lanes, row, change, laneOf, close } = await openLaneStore(4);
afterAll(close);
let user = 0;
beforeEach(() => {
  user += 1;
});

/** Returns the errors in the history of a file, by move. */
const errors = async (id: number) =>
  (await database.stateChange.findMany({ where: { transcriptionId: id }, orderBy: { id: 'asc' } })).map(
    ({ fromState, toState, errorCode }) => [`${fromState} to ${toState}`, errorCode],
  );
const lane = (who = user) => laneOf(who);
const addChunk = (id: number) =>
  database.chunk.create({ data: { transcriptionId: id, startMs: 0, endMs: 1, engine: 'local' } });
const chunks = (id: number) => database.chunk.count({ where: { transcriptionId: id } });

describe('a claim', () => {
  test('a claim says how long the file waited for it, and what it needs', async () => {
    const token = await queued(lanes, user, { formats: ['pdf'] });
    await change(token.id, { runAfter: new Date(Date.now() - 90_000) });
    const documents = { formats: ['docx'], digits: 'latin' };
    await database.setting.update({ where: { userId: user }, data: { documents } });
    const job = await lanes.claim(token, 'a worker');
    expect(job).toMatchObject({ attempts: 1, languageCode: 'fa', hasChunks: false });
    expect(job?.documents).toMatchObject({ formats: ['pdf'], digits: 'latin' });
    expect(Math.round((job?.waitedSeconds ?? 0) / 10)).toBe(9);
    expect(await lane()).toMatchObject({ holder: 'a worker', fence: token.fence + 1 });
    expect(fromNow((await lane()).leaseUntil)).toBeGreaterThan(50_000);
  });

  test('a second claim keeps the moment of the first one and tells of chunks that are there', async () => {
    const other = await queued(lanes, user + 1_000_000);
    const job = await running(lanes, user);
    await addChunk(job.id);
    const startedAt = new Date(0);
    await change(job.id, { startedAt });
    const { token } = await lanes.requeue(job, { error: null, backoffMs: 0, countsAsAttempt: false });
    expect(token && (await lanes.claim(token, 'another'))).toMatchObject({ hasChunks: true });
    expect((await row(job.id)).startedAt).toEqual(startedAt);
    expect(await lanes.claim(other, 'another')).toMatchObject({ hasChunks: false });
    expect(isNow((await row(other.id)).startedAt)).toBe(true);
  });

  test('a claim works for a user without settings, and tells of no chunks', async () => {
    const token = await queued(lanes, user);
    await database.setting.delete({ where: { userId: user } });
    expect(await lanes.claim(token, 'a worker')).toMatchObject({ hasChunks: false });
  });

  test('a claim takes the user’s documents when the caption names none', async () => {
    const token = await queued(lanes, user);
    const documents = { formats: ['docx'], digits: 'latin' };
    await database.setting.update({ where: { userId: user }, data: { documents } });
    expect((await lanes.claim(token, 'a worker'))?.documents).toMatchObject(documents);
  });

  test('a claim of a file that is not QUEUED although its token is valid is an error', async () => {
    const token = await queued(lanes, user);
    await change(token.id, { state: 'PENDING' });
    await expect(lanes.claim(token, 'a worker')).rejects.toThrow('is not QUEUED');
    expect(await row(token.id)).toMatchObject({ state: 'PENDING', attempts: 0 });
    expect((await lane()).holder).toBeNull();
  });

  test('a choice is remembered as the last engine, also of a user who has a default one', async () => {
    const lastEngine = async () =>
      (await database.setting.findUnique({ where: { userId: user } }))?.lastEngine;
    for (const engine of ['local', 'vira'] as const) {
      const { id } = await submitted(lanes, upload({ user }));
      await lanes.choose(id, user, engine);
      expect(await lastEngine()).toBe(engine);
      await database.setting.update({ where: { userId: user }, data: { defaultEngine: 'local' } });
    }
  });
});

test('a heartbeat renews the lease and keeps how far the job is, of its own lane', async () => {
  const other = await running(lanes, user + 1_000_000);
  const job = await running(lanes, user);
  const leaseUntil = new Date(Date.now() + 1_000);
  await database.lane.updateMany({
    where: { userId: { in: [user, user + 1_000_000] } },
    data: { leaseUntil },
  });
  await lanes.heartbeat(job, { stage: 'transcribe', fraction: 0.5 });
  expect(await lane()).toMatchObject({ stage: 'transcribe', fraction: 0.5, holder: 'a worker' });
  expect(fromNow((await lane()).leaseUntil)).toBeGreaterThan(50_000);
  expect(await lane(user + 1_000_000)).toMatchObject({ stage: null, leaseUntil });
  expect(await lanes.heartbeat({ ...other, fence: other.fence + 1 })).toEqual({ held: false, cancel: false });
  await lanes.heartbeat(job);
  expect(await lane()).toMatchObject({ stage: null, fraction: null });
});

describe('the end of a job', () => {
  const usage: Usage = {
    engine: 'local',
    audioSeconds: 11.5,
    sentSeconds: 9,
    downloadMs: 1,
    decodeMs: 2,
    transcribeMs: 3,
    cost: { amount: 0.25, currency: 'USD' },
  };
  const used = (id: number) => database.usage.findUnique({ where: { transcriptionId: id } });
  const stored = ({ sentSeconds, transcribeMs, cost, ...rest }: Usage) => ({
    ...rest,
    sentSeconds: sentSeconds,
    transcribeMs: transcribeMs,
    cost: cost?.amount ?? null,
    currency: cost?.currency ?? null,
  });

  test('the end of a job records what was used, the last run in place of the one before', async () => {
    const before = await ended(lanes, user, completed);
    expect(await used(before)).toBeNull();
    const id = await ended(lanes, user, { ...failed, usage });
    expect(await used(id)).toMatchObject({ userId: BigInt(user), ...stored(usage) });
    const longAgo = new Date(0);
    await database.usage.updateMany({ data: { endedAt: longAgo } });
    // Another user pays from now on.
    const payer = user + 1_000_000;
    await submitted(lanes, upload({ user: payer }));
    await change(id, { payerId: payer });
    const chosen = await lanes.reopen(id, user, false);
    const job = chosen.outcome === 'chosen' && chosen.next && (await lanes.claim(chosen.next, 'a worker'));
    if (!job) throw new Error('nothing to claim');
    await lanes.cancel(id, user);
    const second: Usage = {
      engine: 'vira',
      audioSeconds: 12,
      sentSeconds: 8,
      downloadMs: 4,
      decodeMs: 5,
      transcribeMs: 6,
      cost: { amount: 900, currency: 'IRT' },
    };
    await lanes.finish(job, { ...completed, usage: second });
    expect(await row(id)).toMatchObject({ state: 'CANCELLED' });
    expect(await used(id)).toMatchObject({ userId: BigInt(payer), ...stored(second) });
    expect(isNow((await used(id))?.endedAt)).toBe(true);
  });

  test('the end of a job charges the user who pays, in place of the one who sent the file', async () => {
    const payer = user + 1_000_000;
    await submitted(lanes, upload({ user: payer }));
    const own = await ended(lanes, user, { ...completed, usage });
    const job = await running(lanes, user);
    await change(job.id, { payerId: payer });
    await lanes.finish(job, { ...completed, usage });
    expect((await used(own))?.userId).toBe(BigInt(user));
    expect((await used(job.id))?.userId).toBe(BigInt(payer));
  });

  test('the end of a job with a transcript removes the chunks of the file; a failure keeps them for the next attempt', async () => {
    const other = await running(lanes, user + 1_000_000);
    await addChunk(other.id);
    const job = await running(lanes, user);
    await addChunk(job.id);
    await lanes.finish(job, failed);
    expect([await chunks(job.id), await chunks(other.id)]).toEqual([1, 1]);
    expect(await database.transcript.count({ where: { transcriptionId: job.id } })).toBe(0);
    const ran = await running(lanes, user);
    await addChunk(ran.id);
    await lanes.finish(ran, completed);
    expect([await chunks(ran.id), await chunks(job.id), await chunks(other.id)]).toEqual([0, 1, 1]);
  });

  test('the end of a job writes its moment and reason, and no other file changes', async () => {
    const other = await running(lanes, user + 1_000_000);
    const job = await running(lanes, user);
    const { id: waits } = await submitted(lanes, upload({ user }));
    await lanes.choose(waits, user, 'local');
    const { next } = await lanes.finish(job, failed);
    const { finishedAt, errorCode, errorDetails } = await row(job.id);
    expect({ errorCode, errorDetails }).toEqual({
      errorCode: 'engine_failed',
      errorDetails: { status: 500 },
    });
    expect(isNow(finishedAt)).toBe(true);
    expect((await errors(job.id)).at(-1)).toEqual(['PROCESSING to FAILED', 'engine_failed']);
    expect(await row(other.id)).toMatchObject({ state: 'PROCESSING', finishedAt: null, deliverAfter: null });
    const { activeId, holder, fence, leaseUntil } = await lane();
    expect({ activeId, holder, fence }).toEqual({
      activeId: BigInt(waits),
      holder: null,
      fence: next?.fence,
    });
    expect(fromNow(leaseUntil)).toBeGreaterThan(50_000);
    expect(next?.fence).toBe(job.fence + 2);
    const last = next && (await lanes.claim(next, 'a worker'));
    if (last) await lanes.finish(last, completed);
    expect(await lane()).toMatchObject({ activeId: null, holder: null, leaseUntil: null });
  });

  test('the end of a job by a cancel tells the user, by the worker first', async () => {
    const job = await running(lanes, user);
    await lanes.cancel(job.id, user);
    await lanes.finish(job, failed);
    expect(await row(job.id)).toMatchObject({ state: 'CANCELLED', errorCode: null, errorDetails: null });
    expect(await database.delivery.findMany({ where: { transcriptionId: job.id } })).toMatchObject([
      { kind: 'status', part: 0, payload: { kind: 'cancelled' } },
    ]);
    expect(fromNow((await row(job.id)).deliverAfter)).toBeGreaterThan(10_000);
  });
});

describe('an attempt that failed', () => {
  test('an attempt that failed is repeated after its pause, and the token is sent again later than that', async () => {
    const other = await running(lanes, user + 1_000_000);
    const job = await running(lanes, user);
    await lanes.requeue(job, { error: failed.error, backoffMs: 600_000, countsAsAttempt: true });
    const { errorCode, errorDetails, runAfter, queuedAt, state, attempts } = await row(job.id);
    expect({ errorCode, errorDetails, state, attempts }).toEqual({
      errorCode: 'engine_failed',
      errorDetails: { status: 500 },
      state: 'QUEUED',
      attempts: 1,
    });
    expect(fromNow(runAfter)).toBeGreaterThan(590_000);
    // It cannot be taken before.
    expect(queuedAt).toEqual(runAfter);
    expect(fromNow((await lane()).leaseUntil)).toBeGreaterThan(650_000);
    expect((await lane()).holder).toBeNull();
    expect(await lane(user + 1_000_000)).toMatchObject({ holder: 'a worker', fence: other.fence });
    expect((await errors(job.id)).filter(([, error]) => error !== null)).toEqual([
      ['PROCESSING to QUEUED', 'engine_failed'],
    ]);
  });

  test('a failed attempt at a file that was cancelled ends the file, and its user is told at once', async () => {
    const job = await running(lanes, user);
    await lanes.cancel(job.id, user);
    const answer = await lanes.requeue(job, { error: failed.error, backoffMs: 0, countsAsAttempt: true });
    expect(answer.result).toBe('cancelled');
    expect((await row(job.id)).state).toBe('CANCELLED');
    expect(await database.delivery.findMany({ where: { transcriptionId: job.id } })).toMatchObject([
      { kind: 'status', part: 0, payload: { kind: 'cancelled' } },
    ]);
    expect(isNow((await row(job.id)).deliverAfter)).toBe(true);
  });
});

test('the history keeps an error with the end of its attempt alone, and no change to the same state', async () => {
  const { id } = await submitted(lanes, upload({ user }));
  await change(id, { state: 'PENDING', engine: 'local', errorCode: 'engine_failed' });
  await change(id, { state: 'PENDING' });
  await change(id, { state: 'QUEUED' });
  await change(id, { state: 'CANCELLED' });
  expect(await errors(id)).toEqual([
    ['null to CHOOSING', null],
    ['CHOOSING to PENDING', null],
    ['PENDING to QUEUED', null],
    ['QUEUED to CANCELLED', null],
  ]);
});
