/** What the calls of a lane write and return beyond the states, which the lane's model covers. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lanes, Usage } from '../../src/app/ports/lanes.ts';
import type { EngineId } from '../../src/domain/engine-names.ts';
import type { Job } from '../../src/domain/transcription.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase } from '../support/databases.ts';
import { completed, ended, failed, queued, running } from '../support/lane-files.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

let database: TestDatabase;
let drop: () => Promise<void>;
let lanes: Lanes;
let user = 0;
beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 4);
  lanes = createLanes(database, patientLanes);
});
afterAll(async () => {
  await database?.close();
  await drop?.();
});
beforeEach(() => {
  user += 1;
});

/** Returns the errors in the history of a file, by move. */
const errors = async (id: number) =>
  (await database.stateChange.findMany({ where: { transcriptionId: id }, orderBy: { id: 'asc' } })).map(
    ({ fromState, toState, errorCode }) => [`${fromState} to ${toState}`, errorCode],
  );
const row = (id: number) => database.transcription.findUniqueOrThrow({ where: { id } });
const change = (id: number, data: object) => database.transcription.update({ where: { id }, data });
const lane = (who = user) => database.lane.findUniqueOrThrow({ where: { userId: who } });
const addChunk = (id: number) =>
  database.chunk.create({ data: { transcriptionId: id, startMs: 0, endMs: 1, engine: 'local' } });
const chunks = (id: number) => database.chunk.count({ where: { transcriptionId: id } });
/** Returns the ms from now to a moment, negative for the past. */
const fromNow = (at: Date | null | undefined) => (at?.getTime() ?? Number.NaN) - Date.now();
const isNow = (at: Date | null | undefined) => Math.abs(fromNow(at)) < 10_000;

describe('a claim', () => {
  test('a claim says how long the file waited for it, and what it needs', async () => {
    const token = await queued(lanes, user, { formats: ['pdf'] });
    await change(token.id, { runAfter: new Date(Date.now() - 90_000) });
    const documents = { formats: ['docx'], digits: 'latin' };
    await database.setting.update({ where: { userId: user }, data: { documents } });
    const job = await lanes.claim(token, 'a worker');
    expect(job).toMatchObject({ attempts: 1, languageCode: 'fa', hasChunks: false, offersAlways: false });
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
    const { token } = await lanes.requeue(job, { error: null, backoffMs: 0, counts: false });
    expect(token && (await lanes.claim(token, 'another'))).toMatchObject({ hasChunks: true });
    expect((await row(job.id)).startedAt).toEqual(startedAt);
    expect(await lanes.claim(other, 'another')).toMatchObject({ hasChunks: false });
    expect(isNow((await row(other.id)).startedAt)).toBe(true);
  });

  test('a claim offers no default engine to a user without settings', async () => {
    const token = await queued(lanes, user);
    await database.setting.delete({ where: { userId: user } });
    expect(await lanes.claim(token, 'a worker')).toMatchObject({ offersAlways: false });
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

  /** Chooses an engine for a new file and runs it. Returns whether the engine is offered as the default. */
  async function offered(engine: EngineId): Promise<boolean> {
    const { id } = await submitted(lanes, upload({ user }));
    const choice = await lanes.choose(id, user, engine);
    const job = choice.outcome === 'chosen' && choice.next && (await lanes.claim(choice.next, 'a worker'));
    if (!job) throw new Error('nothing to claim');
    await lanes.finish(job, completed);
    return job.offersAlways;
  }

  test('a claim offers an engine as the default after three and ten equal choices', async () => {
    const offers: number[] = [];
    for (let choice = 1; choice <= 11; choice += 1) if (await offered('local')) offers.push(choice);
    expect(offers).toEqual([3, 10]);
    // Another engine in between starts the count again.
    expect(await offered('vira')).toBe(false);
    expect(await offered('local')).toBe(false);
    expect(await database.setting.findUnique({ where: { userId: user } })).toMatchObject({
      lastEngine: 'local',
      sameChoices: 1,
    });
    await database.setting.update({ where: { userId: user }, data: { sameChoices: 29 } });
    expect(await offered('local')).toBe(true);
  });

  test('a claim offers no default engine for a file of another engine, nor to a user who has one', async () => {
    for (let choice = 1; choice <= 2; choice += 1) await offered('local');
    const { id } = await submitted(lanes, upload({ user }));
    const choice = await lanes.choose(id, user, 'local');
    await database.setting.update({ where: { userId: user }, data: { lastEngine: 'vira' } });
    const job = choice.outcome === 'chosen' && choice.next && (await lanes.claim(choice.next, 'a worker'));
    expect(job ? job.offersAlways : null).toBe(false);
    if (job) await lanes.finish(job, completed);
    await database.setting.update({
      where: { userId: user },
      data: { lastEngine: 'local', sameChoices: 2, defaultEngine: 'local' },
    });
    expect(await offered('local')).toBe(false);
    const setting = () => database.setting.findUnique({ where: { userId: user } });
    expect(await setting()).toMatchObject({ sameChoices: 2 });
    await offered('vira');
    expect(await setting()).toMatchObject({ lastEngine: 'vira', sameChoices: 1 });
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
  await lanes.heartbeat(job, { stage: 'listen', fraction: 0.5 });
  expect(await lane()).toMatchObject({ stage: 'listen', fraction: 0.5, holder: 'a worker' });
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
    listenedSeconds: 9,
    downloadMs: 1,
    decodeMs: 2,
    listenMs: 3,
    cost: { amount: 0.25, currency: 'USD' },
  };
  const used = (id: number) => database.usage.findUnique({ where: { transcriptionId: id } });
  const stored = ({ cost, ...rest }: Usage) => ({
    ...rest,
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
      listenedSeconds: 8,
      downloadMs: 4,
      decodeMs: 5,
      listenMs: 6,
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
    await lanes.requeue(job, { error: failed.error, backoffMs: 600_000, counts: true });
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
    const answer = await lanes.requeue(job, { error: failed.error, backoffMs: 0, counts: true });
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
    expect(await lane()).toMatchObject({ waiting: 0, open: 3 });
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
  test('a deletion names the messages with its text and documents, and those of its one document, but not its status', async () => {
    const id = await ended(lanes, user);
    const other = await ended(lanes, user);
    const { id: bundleId } = await database.bundle.create({ data: { userId: user, state: 'DONE' } });
    await change(id, { bundleId, statusMessageId: 1 });
    await change(other, { bundleId, statusMessageId: 2 });
    const sent = (transcriptionId: number, kind: string, ...sentMessageIds: number[]) =>
      database.delivery.create({ data: { transcriptionId, kind, part: 5, payload: {}, sentMessageIds } });
    await sent(id, 'text', 11, 12);
    await sent(other, 'text', 21);
    await sent(other, 'joined', 31, 32);
    const answer = await lanes.delete(id, user);
    if (answer.outcome !== 'deleted') throw new Error(answer.outcome);
    expect(answer.messageIds.toSorted()).toEqual([11, 12, 31, 32]);
    expect(await database.transcription.findUnique({ where: { id } })).toBeNull();
    expect((await row(other)).state).toBe('COMPLETED');
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
    expect(await lane()).toMatchObject({ holder: null, open: 1, openSeconds: 11, waiting: 0 });
  });
});
