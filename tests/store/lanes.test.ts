// The fault numbers in titles are those of docs/faults.md.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lanes, Outcome } from '../../src/app/ports/lanes.ts';
import { DabirError } from '../../src/domain/errors.ts';
import type { Job, Token } from '../../src/domain/transcription.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

let database: TestDatabase;
let drop: () => Promise<void>;
let lanes: Lanes;
let nextUser = 0;
let user: number;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 20);
  lanes = createLanes(database, patientLanes);
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(() => {
  nextUser += 1;
  user = nextUser;
});

/**
 * Submits files and picks LOCAL for each, in order; returns their ids and the tokens that were handed out.
 */
async function queue(count: number): Promise<{ ids: number[]; tokens: (Token | null)[] }> {
  const ids: number[] = [];
  const tokens: (Token | null)[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await submitted(lanes, upload({ user }));
    const choice = await lanes.choose(id, user, 'local');
    ids.push(id);
    tokens.push(choice.outcome === 'chosen' ? choice.next : null);
  }
  return { ids, tokens };
}

async function claimed(token: Token | null | undefined): Promise<Job> {
  const job = token ? await lanes.claim(token, 'a worker') : null;
  if (job === null) throw new Error('nothing to claim');
  return job;
}

const states = async (ids: readonly number[]) => {
  const rows = await database.transcription.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ state }) => state);
};

const done: Outcome = {
  state: 'COMPLETED',
  usage: null,
  durationSeconds: 11,
  transcript: {
    language: 'fa',
    languageProbability: 0.9,
    segments: [
      {
        start: 0,
        end: 2,
        text: 'سلام دنیا',
        words: [],
        averageLogProbability: null,
        noSpeechProbability: null,
        compressionRatio: null,
      },
    ],
  },
  deliveries: [
    { kind: 'text', part: 0, payload: { text: 'سلام دنیا' } },
    {
      kind: 'status',
      part: 0,
      payload: { kind: 'completed', durationSeconds: 11, wallSeconds: 1, engineName: 'LOCAL' },
    },
  ],
};

describe('an upload', () => {
  test('an upload waits for its engine to be chosen, while the slot stays free', async () => {
    const file = await submitted(lanes, upload({ user }));
    expect(file).toMatchObject({ created: true, state: 'CHOOSING', statusMessageId: null });
    expect(await database.lane.findUnique({ where: { userId: user } })).toMatchObject({
      activeId: null,
      pending: 0,
    });
  });

  test('an upload that is delivered fifty times at once (fault 8) becomes one transcription', async () => {
    const same = upload({ user });
    const files = await Promise.all(Array.from({ length: 50 }, () => submitted(lanes, same)));
    expect(new Set(files.map(({ id }) => id)).size).toBe(1);
    expect(files.filter(({ created }) => created)).toHaveLength(1);
    expect(await database.transcription.count({ where: { userId: user } })).toBe(1);
  });

  test('an upload keeps a name with any characters', async () => {
    const { id } = await submitted(
      lanes,
      upload({ user, fileName: `'; DROP TABLE lane; -- "گفتگو" 🎙️ \\u0000 $$` }),
    );
    expect((await database.transcription.findUnique({ where: { id } }))?.fileName).toBe(
      `'; DROP TABLE lane; -- "گفتگو" 🎙️ \\u0000 $$`,
    );
  });
});

describe('choosing an engine', () => {
  test('choosing an engine makes the first file QUEUED at once; the others wait in order and know their position', async () => {
    const { ids, tokens } = await queue(3);
    expect(await states(ids)).toEqual(['QUEUED', 'PENDING', 'PENDING']);
    expect(tokens.map((token) => token?.id ?? null)).toEqual([ids[0], null, null]);
    const open = await lanes.listOpen(user, 10);
    expect(open.map(({ before }) => before)).toEqual([0, 1, 2]);
  });

  test('choosing an engine for the second file first sets the order in which the files run', async () => {
    const first = await submitted(lanes, upload({ user }));
    const second = await submitted(lanes, upload({ user }));
    const third = await submitted(lanes, upload({ user }));
    for (const { id } of [third, first]) await lanes.choose(id, user, 'local');
    const open = await lanes.listOpen(user, 10);
    expect(open.map(({ id, state, before }) => [id, state, before])).toEqual([
      [third.id, 'QUEUED', 0],
      [first.id, 'PENDING', 1],
      [second.id, 'CHOOSING', 2],
    ]);
  });

  test('choosing an engine twice, or by another user, changes nothing', async () => {
    const { ids } = await queue(1);
    const [id = 0] = ids;
    expect(await lanes.choose(id, user, 'local')).toMatchObject({ outcome: 'already', state: 'QUEUED' });
    expect(await lanes.choose(id, user + 1_000_000, 'local')).toEqual({ outcome: 'unknown' });
  });

  test('choosing an engine for twenty files at the same time (fault 9) makes one active, which the database ensures', async () => {
    const files = await Promise.all(Array.from({ length: 20 }, () => submitted(lanes, upload({ user }))));
    const choices = await Promise.all(files.map(({ id }) => lanes.choose(id, user, 'local')));
    expect(choices.filter((choice) => choice.outcome === 'chosen' && choice.next !== null)).toHaveLength(1);
    const counted = (await states(files.map(({ id }) => id))).reduce<Record<string, number>>(
      (counts, state) => {
        counts[state] = (counts[state] ?? 0) + 1;
        return counts;
      },
      {},
    );
    expect(counted).toEqual({ QUEUED: 1, PENDING: 19 });
  });
});

describe('a worker', () => {
  test('a worker claims with a token once; the same token is stale afterwards', async () => {
    const { tokens } = await queue(1);
    const [token] = tokens;
    const jobs = await Promise.all(
      Array.from({ length: 10 }, () => (token ? lanes.claim(token, 'w') : null)),
    );
    expect(jobs.filter((job) => job !== null)).toHaveLength(1);
  });

  test('a worker commits result, state, outbox and the next file’s turn in one transaction', async () => {
    const { ids, tokens } = await queue(2);
    const job = await claimed(tokens[0]);
    const { result, next } = await lanes.finish(job, done);
    expect(result).toBe('committed');
    expect(next?.id).toBe(ids[1]);
    expect(await states(ids)).toEqual(['COMPLETED', 'QUEUED']);
    expect(await database.transcript.findUnique({ where: { transcriptionId: job.id } })).toMatchObject({
      text: 'سلام دنیا',
      language: 'fa',
    });
    expect(await database.delivery.count({ where: { transcriptionId: job.id } })).toBe(2);
  });

  test('a worker with an outdated fence cannot write (fault 3)', async () => {
    const { ids, tokens } = await queue(1);
    const slow = await claimed(tokens[0]);
    const back = await lanes.requeue(slow, { error: null, backoffMs: 0, countsAsAttempt: false });
    const quick = await claimed(back.token);
    expect(await lanes.finish(slow, done)).toEqual({ result: 'lost', next: null, isBundled: false });
    expect(await lanes.heartbeat(slow)).toEqual({ held: false, cancel: false });
    expect((await lanes.finish(quick, done)).result).toBe('committed');
    expect((await lanes.finish(quick, done)).result).toBe('lost');
    expect(await database.transcript.count({ where: { transcriptionId: { in: ids } } })).toBe(1);
  });

  test('a worker that fails a file for good keeps the reason and starts the next one', async () => {
    const { ids, tokens } = await queue(2);
    const job = await claimed(tokens[0]);
    const error = new DabirError('media_too_long', 'too long', { details: { limitMinutes: 240 } });
    await lanes.finish(job, { state: 'FAILED', usage: null, error, deliveries: [] });
    expect(await states(ids)).toEqual(['FAILED', 'QUEUED']);
    expect(await database.transcription.findUnique({ where: { id: job.id } })).toMatchObject({
      errorCode: 'media_too_long',
      errorDetails: { limitMinutes: 240 },
    });
  });

  test('a worker requeues a file, which keeps the slot, and a release is not an attempt', async () => {
    const { ids, tokens } = await queue(2);
    const first = await claimed(tokens[0]);
    expect(first.attempts).toBe(1);
    const released = await lanes.requeue(first, { error: null, backoffMs: 0, countsAsAttempt: false });
    expect(await states(ids)).toEqual(['QUEUED', 'PENDING']);
    const again = await claimed(released.token);
    expect(again.attempts).toBe(1);
    const failed = await lanes.requeue(again, {
      error: new DabirError('engine_failed', 'no answer'),
      backoffMs: 0,
      countsAsAttempt: true,
    });
    expect((await claimed(failed.token)).attempts).toBe(2);
  });
});

describe('a cancel (fault 11)', () => {
  test('fault 11: a cancel of a file without an engine, a waiting or a next one ends it, and the one behind moves up', async () => {
    const choosing = await submitted(lanes, upload({ user }));
    expect((await lanes.cancel(choosing.id, user)).outcome).toBe('cancelled');
    const { ids } = await queue(3);
    const [first = 0, second = 0, third = 0] = ids;
    expect(await lanes.cancel(second, user)).toEqual({ outcome: 'cancelled', next: null });
    expect(await lanes.cancel(first, user)).toMatchObject({ outcome: 'cancelled', next: { id: third } });
    expect(await states(ids)).toEqual(['CANCELLED', 'CANCELLED', 'QUEUED']);
  });

  test('fault 11: a cancel of a running file reaches its worker with the heartbeat, and no result is kept', async () => {
    const { ids, tokens } = await queue(2);
    const job = await claimed(tokens[0]);
    expect((await lanes.cancel(job.id, user)).outcome).toBe('requested');
    expect(await lanes.heartbeat(job)).toEqual({ held: true, cancel: true });
    expect(await lanes.finish(job, done)).toMatchObject({ result: 'cancelled', next: { id: ids[1] } });
    expect(await states(ids)).toEqual(['CANCELLED', 'QUEUED']);
    expect(await database.transcript.count({ where: { transcriptionId: job.id } })).toBe(0);
  });

  test('fault 11: a cancel that races the finish gives exactly one final state, and the next file starts', async () => {
    for (let round = 0; round < 20; round += 1) {
      user = 10_000 + round;
      const { ids, tokens } = await queue(2);
      const job = await claimed(tokens[0]);
      const [cancelled, finished] = await Promise.all([lanes.cancel(job.id, user), lanes.finish(job, done)]);
      const [state, next] = await states(ids);
      expect(next).toBe('QUEUED');
      expect(state).toBe(cancelled.outcome === 'requested' ? 'CANCELLED' : 'COMPLETED');
      expect(finished.result).toBe(state === 'CANCELLED' ? 'cancelled' : 'committed');
    }
  });

  test('fault 11: a cancel of another user’s file changes nothing', async () => {
    const { ids } = await queue(1);
    expect(await lanes.cancel(ids[0] ?? 0, user + 1_000_000)).toEqual({ outcome: 'unknown' });
    expect(await states(ids)).toEqual(['QUEUED']);
  });
});

describe('the sweep', () => {
  // For two seconds after its start, a server's sweep takes nothing (renewalMs).
  beforeAll(() =>
    until(async () => {
      const [server] = await database.query<{ rests: boolean }[]>`
        SELECT clock_timestamp() < pg_postmaster_start_time() + interval '2 seconds' AS rests`;
      return server?.rests === false || undefined;
    }),
  );

  const hasty = () =>
    createLanes(database, {
      ...patientLanes,
      jobLeaseMs: 0,
      // Over when it begins: the end of a lease is rounded to whole ms.
      dispatchMs: -1,
      maxLosses: 2,
      firstLossBackoffMs: 0,
    });

  test('the sweep sends the token of a QUEUED file again', async () => {
    const quick = hasty();
    const { id } = await submitted(quick, upload({ user }));
    const choice = await quick.choose(id, user, 'local');
    const tokens = await quick.sweep();
    expect(tokens).toContainEqual(choice.outcome === 'chosen' ? choice.next : null);
  });

  /** Submits one file of a user, which becomes QUEUED; returns its id. */
  const waiting = async (quick: Lanes, person: number): Promise<number> => {
    const { id } = await submitted(quick, upload({ user: person }));
    await quick.choose(id, person, 'local');
    return id;
  };
  /** Claims these files with one worker, which then dies. */
  const die = async (quick: Lanes, holder: string, ...ids: number[]): Promise<void> => {
    const tokens = await quick.sweep();
    for (const id of ids) {
      const token = tokens.find((candidate) => candidate.id === id);
      expect(token && (await quick.claim(token, holder))?.attempts).toBe(1);
    }
    await quick.sweep();
  };

  test('the sweep gives a lost worker’s file to another without counting an attempt, and ends it after too many losses alone', async () => {
    const quick = hasty();
    const id = await waiting(quick, user);
    const behind = await submitted(quick, upload({ user }));
    await quick.choose(behind.id, user, 'local');
    await die(quick, `${user} first`, id);
    expect(await states([id, behind.id])).toEqual(['QUEUED', 'PENDING']);
    await die(quick, `${user} second`, id);
    expect(await states([id, behind.id])).toEqual(['FAILED', 'QUEUED']);
    expect((await database.transcription.findUnique({ where: { id } }))?.errorCode).toBe('worker_lost');
    // A retry starts from zero.
    await quick.reopen(id, user, false);
    expect(await database.workerLoss.count({ where: { transcriptionId: id } })).toBe(0);
  });

  test('the sweep counts a worker that is only slow once, however often it loses the file', async () => {
    const quick = hasty();
    const id = await waiting(quick, user);
    for (let times = 0; times < 5; times += 1) await die(quick, `${user} slow`, id);
    expect(await states([id])).toEqual(['QUEUED']);
  });

  test('the sweep ends a file that kills every worker, and not the files that ran beside it', async () => {
    const quick = hasty();
    const poison = await waiting(quick, user);
    const others: number[] = [];
    for (let death = 1; death <= 4; death += 1) {
      expect(await states([poison])).toEqual(['QUEUED']);
      const beside = await waiting(quick, user + 10_000 * death);
      others.push(beside);
      await die(quick, `${user} ${death}`, poison, ...others.slice(-2));
    }
    expect(await states([poison])).toEqual(['FAILED']);
    expect(await states(others)).toEqual(others.map(() => 'QUEUED'));
  });

  test('the sweep delays a file that was lost twice, so that it does not run beside the same files again', async () => {
    const quick = createLanes(database, { ...patientLanes, jobLeaseMs: 0, dispatchMs: -1 });
    const id = await waiting(quick, user);
    for (const worker of ['first', 'second']) await die(quick, `${user} ${worker}`, id);
    expect((await quick.sweep()).map((token) => token.id)).not.toContain(id);
    expect(await quick.listQueuedTokens('local', 1_000)).not.toContainEqual(expect.objectContaining({ id }));
    const { activeId, leaseUntil } = await database.lane.findUniqueOrThrow({ where: { userId: user } });
    expect(activeId).toBe(BigInt(id));
    expect((leaseUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(30_000);
  });

  test('the sweep starts a lane that was changed by hand and has no active file', async () => {
    const { ids } = await queue(2);
    await database.transcription.delete({ where: { id: ids[0] ?? 0 } });
    const tokens = await lanes.sweep();
    expect(tokens.map((token) => token.id)).toContain(ids[1]);
  });
});

test('the database refuses two active files of one user', async () => {
  const { ids } = await queue(2);
  const second = database.transcription.update({ where: { id: ids[1] ?? 0 }, data: { state: 'PROCESSING' } });
  await expect(second).rejects.toMatchObject({ code: 'P2002' });
});

test('the history records every move in order, with its fence and holder', async () => {
  const { ids, tokens } = await queue(1);
  const job = await claimed(tokens[0]);
  await lanes.finish(job, done);
  const history = await database.stateChange.findMany({
    where: { transcriptionId: ids[0] ?? 0 },
    orderBy: { id: 'asc' },
  });
  expect(history.map(({ fromState, toState }) => [fromState, toState])).toEqual([
    [null, 'CHOOSING'],
    ['CHOOSING', 'QUEUED'],
    ['QUEUED', 'PROCESSING'],
    ['PROCESSING', 'COMPLETED'],
  ]);
  expect(history[2]).toMatchObject({ holder: 'a worker', fence: job.fence });
});
