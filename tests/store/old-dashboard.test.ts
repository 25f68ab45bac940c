/**
 * Regression tests for the queue of Dabir's predecessor (docs/faults.md); each title quotes one of its
 * faults.
 */
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Outcome } from '../../src/app/ports/lanes.ts';
import { DabirError } from '../../src/domain/errors.ts';
import type { Job, Token } from '../../src/domain/transcription.ts';
import { openLaneStore } from '../support/lane-store.ts';
import { submitted, upload } from '../support/uploads.ts';

const { database, lanes, close } = await openLaneStore(20);
afterAll(close);
let user = 0;
beforeEach(() => {
  user += 1;
});

const done: Outcome = {
  state: 'COMPLETED',
  usage: null,
  durationSeconds: 1,
  transcript: { language: 'fa', languageProbability: null, segments: [] },
  deliveries: [],
};
const failed: Outcome = {
  state: 'FAILED',
  usage: null,
  error: new DabirError('engine_rejected', 'no'),
  deliveries: [],
};

/** Submits a file and chooses its engine; returns its id, and its token when its turn came at once. */
async function arrives(): Promise<{ id: number; token: Token | null }> {
  const { id } = await submitted(lanes, upload({ user }));
  const choice = await lanes.choose(id, user, 'local');
  return { id, token: choice.outcome === 'chosen' ? choice.next : null };
}

async function claimed(token: Token | null): Promise<Job> {
  const job = token && (await lanes.claim(token, 'a worker'));
  if (!job) throw new Error('nothing to claim');
  return job;
}

const stateOf = async (id: number) =>
  (await database.transcription.findUnique({ where: { id } }))?.state ?? null;

test('two uploads of a user never run at once: the old dashboard did in 6 of 15 bursts of 20, and broke the order', async () => {
  for (let burst = 0; burst < 15; burst += 1) {
    user += 1;
    const files = await Promise.all(Array.from({ length: 20 }, () => arrives()));
    let token = files.map((file) => file.token).find((first) => first !== null) ?? null;
    const order: number[] = [];
    while (token !== null) {
      const job = await claimed(token);
      order.push(job.id);
      expect(order.length).toBeLessThanOrEqual(files.length);
      const active = await database.transcription.count({
        where: { userId: user, state: { in: ['QUEUED', 'PROCESSING'] } },
      });
      expect(active).toBe(1);
      token = (await lanes.finish(job, done)).next;
    }
    const seqs = await database.transcription.findMany({ where: { userId: user }, orderBy: { seq: 'asc' } });
    // The first to be chosen began at once; all others in the order in which they came.
    const [first, ...others] = order;
    expect(others).toEqual(seqs.map(({ id }) => Number(id)).filter((id) => id !== first));
    expect(new Set(order).size).toBe(20);
  }
});

test('no upload stays PENDING for ever: in the old dashboard 2 of 300 did, between is-anything-active and their own write', async () => {
  for (let round = 0; round < 300; round += 1) {
    user += 1;
    const job = await claimed((await arrives()).token);
    const [ended, second] = await Promise.all([lanes.finish(job, done), arrives()]);
    // The later transaction has started it, and only one of the two.
    expect([ended.next?.id, second.token?.id].filter((id) => id !== undefined)).toEqual([second.id]);
    expect(await stateOf(second.id)).toBe('QUEUED');
  }
});

test('a final state stays: the old dashboard wrote PROCESSING after FAILED, for ever', async () => {
  const { id, token } = await arrives();
  const job = await claimed(token);
  await lanes.finish(job, failed);
  expect(await lanes.claim(token as Token, 'another worker')).toBeNull();
  expect(await lanes.heartbeat(job)).toEqual({ held: false, cancel: false });
  expect((await lanes.finish(job, done)).result).toBe('lost');
  expect((await lanes.requeue(job, { error: null, backoffMs: 0, countsAsAttempt: false })).result).toBe(
    'lost',
  );
  expect(await stateOf(id)).toBe('FAILED');
});

test('a sweep leaves a healthy running job alone: the old dashboard reset it and sent 20 messages for one file', async () => {
  const running = await arrives();
  await claimed(running.token);
  user += 1;
  const waiting = await arrives();
  // No worker took its token.
  await database.lane.update({ where: { userId: user }, data: { leaseUntil: new Date(0) } });
  const swept = (await Promise.all(Array.from({ length: 20 }, () => lanes.sweep()))).flat();
  expect(swept.filter(({ id }) => id === waiting.id)).toEqual([waiting.token]);
  expect(swept.some(({ id }) => id === running.id)).toBe(false);
  expect(await stateOf(running.id)).toBe('PROCESSING');
});

test('files behind a deleted one continue: the old dashboard stranded them', async () => {
  const [first, second, third] = [await arrives(), await arrives(), await arrives()];
  expect(await lanes.delete(second.id, user)).toMatchObject({ outcome: 'deleted', next: null });
  const { next } = await lanes.finish(await claimed(first.token), done);
  expect(next?.id).toBe(third.id);
});

test('a deleted running file stays deleted: in the old dashboard the row came back COMPLETED', async () => {
  const [first, second] = [await arrives(), await arrives()];
  const job = await claimed(first.token);
  const deleted = await lanes.delete(first.id, user);
  expect(deleted).toMatchObject({ outcome: 'deleted', next: { id: second.id } });
  expect(await lanes.heartbeat(job)).toEqual({ held: false, cancel: false });
  expect((await lanes.finish(job, done)).result).toBe('lost');
  expect(await stateOf(first.id)).toBeNull();
  expect(await database.transcript.count({ where: { transcriptionId: first.id } })).toBe(0);
});
