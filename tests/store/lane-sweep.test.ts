/** What the sweep does for lanes that lapsed, and for the files of lost workers. */

import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../src/domain/transcription.ts';
import { ended, failed, queued, running } from '../support/lane-files.ts';
import { openLaneStore, resultOf } from '../support/lane-store.ts';
import { submitted, upload } from '../support/uploads.ts';

const { database, lanes, row, change, laneOf, whileHeld, close } = await openLaneStore(4);
afterAll(close);
let user = 0;
beforeEach(() => {
  user += 10;
});

const lane = (who = user) => laneOf(who);
const lapse = (who: number, secondsAgo = 1) =>
  database.lane.update({
    where: { userId: who },
    data: { leaseUntil: new Date(Date.now() - secondsAgo * 1_000) },
  });
const secondsLeft = async (who: number) =>
  Math.round(((await lane(who)).leaseUntil?.getTime() ?? Number.NaN) / 1_000 - Date.now() / 1_000);
const sweep = (limit = 100, maxLosses = 3) =>
  resultOf(
    database.query<
      { result: Token[] }[]
    >`SELECT lane_sweep(${limit}::int, 60000, ${maxLosses}::int, 60000) AS result`,
  );
const idsOf = (tokens: readonly Token[]) => tokens.map(({ id }) => id);

describe('a sweep', () => {
  test('a sweep repairs a limited number of lanes, those that lapsed first', async () => {
    const others = [user + 1, user + 2, user + 3];
    const tokens: Token[] = [];
    for (const who of others) tokens.push(await queued(lanes, who));
    const [first = 0, second = 0, third = 0] = others;
    await lapse(first, 10);
    await lapse(second, 30);
    expect(await sweep(1)).toEqual([tokens[1]]);
    expect(await secondsLeft(second)).toBeGreaterThan(50);
    expect(await sweep()).toEqual([tokens[0]]);
    expect(await sweep()).toEqual([]);
    expect(await secondsLeft(third)).toBeGreaterThan(50);
  });

  test('a sweep skips a lane that is in use', async () => {
    const held = await queued(lanes, user);
    const free = await queued(lanes, user + 1);
    for (const who of [user, user + 1]) await lapse(who);
    await whileHeld('lane', `"userId" = ${user}`, async () =>
      expect(idsOf(await sweep())).toEqual([free.id]),
    );
    expect(idsOf(await sweep())).toEqual([held.id]);
    // A lane whose slot is empty is skipped as well.
    const { id: waits } = await submitted(lanes, upload({ user }));
    await lanes.choose(waits, user, 'local');
    await database.transcription.delete({ where: { id: held.id } });
    await whileHeld('lane', `"userId" = ${user}`, async () => expect(await sweep()).toEqual([]));
    expect(idsOf(await sweep())).toEqual([waits]);
    expect(await sweep()).toEqual([]);
  });

  test('a sweep starts the first waiting file of a limited number of lanes with an empty slot', async () => {
    const waiting: number[] = [];
    for (const who of [user, user + 1]) {
      const { id } = await queued(lanes, who);
      for (let file = 0; file < 2; file += 1) {
        const { id: waits } = await submitted(lanes, upload({ user: who }));
        await lanes.choose(waits, who, 'local');
        waiting.push(waits);
      }
      await database.transcription.delete({ where: { id } });
    }
    const started = [...idsOf(await sweep(1)), ...idsOf(await sweep(1)), ...idsOf(await sweep(1))];
    expect(started.toSorted((a, b) => a - b)).toEqual([waiting[0], waiting[2]]);
  });

  test('a sweep requeues the file of a lost worker, and its user waits no longer than others', async () => {
    const beside = await running(lanes, user + 1, {}, 'beside');
    const job = await running(lanes, user, {}, `${user} dies`);
    const { runAfter } = await change(job.id, { attempts: 3 });
    await lapse(user);
    expect(await sweep()).toEqual([{ id: job.id, fence: job.fence + 1, engine: 'local' }]);
    expect(await row(job.id)).toMatchObject({
      state: 'QUEUED',
      attempts: 2,
      errorCode: 'worker_lost',
      runAfter,
    });
    expect(await lane()).toMatchObject({ holder: null, fence: job.fence + 1 });
    expect(await secondsLeft(user)).toBeGreaterThan(50);
    expect(await row(beside.id)).toMatchObject({ state: 'PROCESSING', attempts: 1, errorCode: null });
    expect(await lane(user + 1)).toMatchObject({ holder: 'beside', fence: beside.fence });
  });

  test('a sweep lets a file rest after its second loss, and ends it after the last one it may have', async () => {
    let job = await running(lanes, user, {}, `${user} dies 1`);
    for (const death of [2, 3]) {
      await lapse(user);
      const [token] = await sweep();
      expect(token === undefined).toBe(death === 3);
      if (death === 2 && token) job = (await lanes.claim(token, `${user} dies 2`)) ?? job;
    }
    const { runAfter, state } = await row(job.id);
    expect(state).toBe('QUEUED');
    const restSeconds = await secondsLeft(user);
    expect(restSeconds).toBeGreaterThan(40);
    const { leaseUntil } = await lane();
    expect(Math.abs(runAfter.getTime() - (leaseUntil?.getTime() ?? Number.NaN))).toBeLessThan(2_000);
    await lapse(user);
    const [rested] = await sweep();
    expect(rested).toEqual({ id: job.id, fence: job.fence + 1, engine: 'local' });
    if (rested) await lanes.claim(rested, `${user} dies 3`);
    await lapse(user);
    expect(await sweep()).toEqual([]);
    const last = await row(job.id);
    expect(last).toMatchObject({ state: 'FAILED', errorCode: 'worker_lost', errorDetails: {} });
    expect(Math.abs((last.deliverAfter?.getTime() ?? 0) - Date.now())).toBeLessThan(10_000);
    expect(await database.delivery.findMany({ where: { transcriptionId: job.id } })).toMatchObject([
      { kind: 'status', part: 0, payload: { kind: 'failed', code: 'worker_lost', details: {} } },
    ]);
  });

  test('a sweep ends a file that its user cancelled before its worker was lost, and starts the next one', async () => {
    const job = await running(lanes, user, {}, `${user} dies`);
    const { id: waits } = await submitted(lanes, upload({ user }));
    await lanes.choose(waits, user, 'local');
    await lanes.cancel(job.id, user);
    await lapse(user);
    expect(idsOf(await sweep())).toEqual([waits]);
    const cancelled = await row(job.id);
    expect(cancelled).toMatchObject({ state: 'CANCELLED', errorCode: null });
    expect(Math.abs((cancelled.deliverAfter?.getTime() ?? 0) - Date.now())).toBeLessThan(10_000);
    expect(await database.delivery.findMany({ where: { transcriptionId: job.id } })).toMatchObject([
      { kind: 'status', part: 0, payload: { kind: 'cancelled' } },
    ]);
  });

  test('a sweep counts a loss for the file alone unless its worker has, or lost, another file', async () => {
    const [alone, first, second] = [user + 1, user + 2, user + 3];
    const losses = async (id: number) =>
      (await database.workerLoss.findMany({ where: { transcriptionId: id } })).map(({ alone: was }) => was);
    const ids: number[] = [];
    for (const [who, holder] of [
      [alone, `${user} one`],
      [first, `${user} two`],
      [second, `${user} two`],
    ] as const) {
      ids.push((await running(lanes, who, {}, holder)).id);
    }
    for (const who of [alone, first, second]) {
      await lapse(who);
      await sweep();
    }
    const [one = 0, two = 0, three = 0] = ids;
    expect([await losses(one), await losses(two), await losses(three)]).toEqual([[true], [false], [false]]);
  });
});

test('a file that is tried again forgets its lost workers, and no other file does', async () => {
  const [id, other] = [await ended(lanes, user, failed), await ended(lanes, user + 1, failed)];
  await database.workerLoss.createMany({
    data: [id, other].map((transcriptionId) => ({ transcriptionId, holder: 'a worker', alone: true })),
  });
  await lanes.reopen(id, user, false);
  expect(await database.workerLoss.count({ where: { transcriptionId: id } })).toBe(0);
  expect(await database.workerLoss.count({ where: { transcriptionId: other } })).toBe(1);
});

test('the rest after a loss begins with the second, doubles, differs by a quarter, and has a limit', async () => {
  const rests = async (losses: number) => {
    const rows = await database.query<{ ms: number }[]>`
      SELECT loss_backoff(${losses}::int, 1000) AS ms FROM generate_series(1, 200)`;
    const all = rows.map(({ ms }) => ms);
    return [Math.min(...all), Math.max(...all)] as const;
  };
  expect([await rests(0), await rests(1)]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  for (const [losses, usual] of [
    [2, 1_000],
    [3, 2_000],
    [4, 4_000],
    [10, 256_000],
    [11, 300_000],
    [2_000, 300_000],
  ] as const) {
    const [shortest, longest] = await rests(losses);
    // 200 values come nearer to both ends than a tenth.
    expect(shortest / usual).toBeGreaterThanOrEqual(0.75);
    expect(shortest / usual).toBeLessThan(0.85);
    expect(longest / usual).toBeLessThan(1.25);
    expect(longest / usual).toBeGreaterThan(1.15);
  }
});
