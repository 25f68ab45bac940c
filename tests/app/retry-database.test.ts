import { describe, expect, test, vi } from 'vitest';
import { SentRecord } from '../../src/app/deliver/sent-record.ts';
import { DatabaseAwayError } from '../../src/app/ports/database.ts';
import type { Lanes } from '../../src/app/ports/lanes.ts';
import { retryWhileDatabaseIsAway, retryWhileHeld } from '../../src/app/retry-database.ts';
import { holdJobLease } from '../../src/app/run/job-lease.ts';
import { JobAborted } from '../../src/domain/job-aborted.ts';
import type { Job } from '../../src/domain/transcription.ts';
import { connectionFailure } from '../../src/lib/connection-failure.ts';
import { until } from '../support/until.ts';

const away = () => new DatabaseAwayError(true, 'down', undefined);
const silentLog = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), debug: vi.fn() };

describe('an error that means a failed connection', () => {
  /** Returns PostgreSQL's error, as pg throws it. */
  const refused = (code: string) => Object.assign(new Error('refused'), { code });
  test.each<[string, unknown, boolean]>([
    ['a server that starts', refused('57P03'), true],
    ['a server that shuts down', refused('57P01'), true],
    ['a server that crashed', refused('57P02'), true],
    ['a connection exception', refused('08006'), false],
    ['too many connections', refused('53300'), false],
    ['a connection that ended in the middle', new Error('Connection terminated unexpectedly'), true],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect'), false],
    ['an answer that never came', new Error('Query read timeout'), false],
    ['a socket', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), true],
    ['a cause within a cause', new Error('outer', { cause: refused('57P01') }), true],
  ])('an error that means a failed connection is recognised: %s', (_name, error, isDown) => {
    expect(connectionFailure(error)).toEqual({ isDown });
  });

  test.each<[string, unknown]>([
    ['a duplicate', refused('23505')],
    ['a function that raised', refused('P0001')],
    ['a programming error', new TypeError('x is not a function')],
    ['a user’s text', new Error('a note about "Connection terminated" and more')],
    ['no error at all', undefined],
  ])('an error that means a failed connection is not seen in %s', (_name, error) => {
    expect(connectionFailure(error)).toBeNull();
  });
});

describe('a call while the database is away', () => {
  test('a call while the database is away is repeated until it succeeds, and knows that an earlier attempt may have been committed', async () => {
    const call = vi.fn<(again: boolean) => Promise<string>>();
    call.mockRejectedValueOnce(away()).mockRejectedValueOnce(away()).mockResolvedValueOnce('there');
    const onAway = vi.fn();
    expect(await retryWhileDatabaseIsAway(call, { withinMs: 5_000, onAway })).toBe('there');
    expect(call.mock.calls).toEqual([[false], [true], [true]]);
    expect(onAway).toHaveBeenCalledTimes(1);
  });

  test('a call while the database is away fails at once with an error of the statement itself', async () => {
    const call = vi.fn().mockRejectedValue(new Error('duplicate key'));
    await expect(retryWhileDatabaseIsAway(call, { withinMs: 5_000 })).rejects.toThrow('duplicate key');
    expect(call).toHaveBeenCalledTimes(1);
  });

  test('a call while the database is away fails with the last error when its time is over', async () => {
    const call = vi.fn().mockImplementation(async () => {
      throw away();
    });
    await expect(retryWhileDatabaseIsAway(call, { withinMs: 150 })).rejects.toThrow(DatabaseAwayError);
    expect(call.mock.calls.length).toBeGreaterThan(1);
  });

  test('a call while the database is away ends with the reason for which the worker has to stop', async () => {
    const lease = new AbortController();
    const call = async () => {
      lease.abort(new JobAborted('lost'));
      throw away();
    };
    await expect(retryWhileHeld(lease.signal, call)).rejects.toThrow('job aborted: lost');
  });
});

describe('a lease while heartbeats fail', () => {
  const job = { id: 1, fence: 1 } as Job;
  const jobLeaseMs = 1_000;
  const hold = (heartbeat: Lanes['heartbeat']) =>
    holdJobLease(
      {
        lanes: {
          heartbeat,
          checkJob: async () => ({ isWanted: true, isAsking: false, hasStatusMessage: true }),
        },
        jobLeaseMs,
        log: silentLog,
      },
      job,
    );

  test('a lease while heartbeats fail survives a server that is down for less than a lease', async () => {
    const backAt = performance.now() + jobLeaseMs;
    let beats = 0;
    const lease = hold(async () => {
      if (performance.now() < backAt) throw away();
      beats += 1;
      return { held: true, cancel: false };
    });
    await until(() => beats > 0);
    expect([lease.isHeld(), lease.signal.aborted]).toEqual([true, false]);
    lease.end();
  });

  test('a lease while heartbeats fail is given up before it runs out when only this worker cannot reach the database', async () => {
    const begunAt = performance.now();
    const lease = hold(async () => {
      throw new DatabaseAwayError(false, 'no way there', undefined);
    });
    await until(() => performance.now() - begunAt > jobLeaseMs * 0.7);
    expect(lease.isHeld()).toBe(false);
    await until(() => lease.signal.aborted);
    lease.end();
  });

  test('a lease while heartbeats fail is given up when the server stays down', async () => {
    const lease = hold(async () => {
      throw away();
    });
    await until(() => lease.signal.aborted);
    expect(lease.signal.reason).toEqual(new JobAborted('lost'));
    lease.end();
  });
});

describe('the record of sent deliveries', () => {
  test('the record of sent deliveries lets nothing new begin while a mark waits for the database', async () => {
    const sent = new SentRecord();
    sent.addUnrecorded('1 text 0');
    sent.addUnrecorded('2 text 0');
    let begun = false;
    const beginning = sent.waitUntilAllRecorded(new AbortController().signal).then(() => (begun = true));
    sent.removeUnrecorded('1 text 0');
    await Promise.resolve();
    expect(begun).toBe(false);
    sent.removeUnrecorded('2 text 0');
    await beginning;
    expect(begun).toBe(true);
  });

  test('the record of sent deliveries does not delay the end of the process', async () => {
    const sent = new SentRecord();
    const leaving = new AbortController();
    sent.addUnrecorded('1 text 0');
    const waiting = sent.waitUntilAllRecorded(leaving.signal);
    leaving.abort();
    await waiting;
  });

  test('the record of sent deliveries is bounded: the oldest are forgotten, but none whose mark still waits', () => {
    const sent = new SentRecord();
    sent.add('0 text 0', [1]);
    sent.addUnrecorded('0 text 0');
    for (let file = 1; file <= 10_001; file += 1) sent.add(`${file} text 0`, [file]);
    expect(sent.find('0 text 0')).toEqual([1]);
    expect(sent.find('1 text 0')).toBeUndefined();
    expect(sent.find('10001 text 0')).toEqual([10_001]);
  });
});
