import { describe, expect, test } from 'vitest';
import { combine, type Measured } from '../../../src/app/monitoring/readings.ts';
import { findStandstills, minFreeBytes, minSeconds } from '../../../src/app/monitoring/standstills.ts';
import { engineReading, quietReadings } from '../../support/readings.ts';

const codes = (readings: Parameters<typeof findStandstills>[0]) =>
  findStandstills(readings).map(({ code }) => code);
const minutes = (count: number) => count * 60;

describe('a standstill is reported for', () => {
  test('no standstill is reported while all is well', () => {
    expect(findStandstills(quietReadings())).toEqual([]);
  });

  test('a standstill is reported for files that no worker claims although one reports their engine as ready', () => {
    const stuck = engineReading('local', {
      queued: 200,
      pending: 7,
      oldestQueuedSeconds: 3_600,
      idleSeconds: 3_500,
    });
    expect(findStandstills(quietReadings({ engines: [stuck] }))).toEqual([
      { code: 'files-stuck', engine: 'local', machine: null, sinceSeconds: 3_500, waitingCount: 207 },
    ]);
    const [short, young] = [{ idleSeconds: minutes(5) - 1 }, { oldestQueuedSeconds: minutes(5) - 1 }];
    for (const change of [short, young])
      expect(codes(quietReadings({ engines: [{ ...stuck, ...change }] }))).not.toContain('files-stuck');
  });

  test('a standstill is reported for files that wait for an hour beside running ones: there are too few workers', () => {
    const busy = engineReading('vira', { queued: 9, processing: 1, oldestQueuedSeconds: minutes(60) });
    expect(codes(quietReadings({ engines: [busy] }))).toEqual(['files-slow']);
    expect(codes(quietReadings({ engines: [{ ...busy, oldestQueuedSeconds: minutes(59) }] }))).toEqual([]);
  });

  test('a standstill is reported for an engine whose circuit is open or tries one file, unless another worker’s is closed', () => {
    const resting = engineReading('eboo', {
      workers: { ready: 0, preparing: 0, resting: 1, paused: 0, unavailable: 0 },
      openCircuits: 1,
      circuitOpenSeconds: minutes(9),
    });
    const trying = { ...resting, workers: { ...resting.workers, ready: 1, resting: 0 }, processing: 1 };
    expect(codes(quietReadings({ engines: [resting] }))).toEqual(['circuit-open']);
    expect(codes(quietReadings({ engines: [trying] }))).toEqual(['circuit-open']);
    expect(codes(quietReadings({ engines: [{ ...trying, processing: 0 }] }))).toEqual([]);
    expect(codes(quietReadings({ engines: [{ ...resting, circuitOpenSeconds: minutes(7) }] }))).toEqual([]);
    const elsewhere = { ...resting, workers: { ...resting.workers, ready: 1 } };
    expect(codes(quietReadings({ engines: [elsewhere] }))).toEqual([]);
  });

  test('a standstill is reported for files for an engine that no worker can run', () => {
    const away = engineReading('openai', {
      queued: 1,
      oldestQueuedSeconds: minutes(31),
      workers: { ready: 0, preparing: 1, resting: 0, paused: 0, unavailable: 0 },
    });
    expect(codes(quietReadings({ engines: [away] }))).toEqual(['engine-away']);
    expect(codes(quietReadings({ engines: [{ ...away, oldestQueuedSeconds: minutes(29) }] }))).toEqual([]);
  });

  test('no standstill is reported when files wait for an engine that an admin has paused', () => {
    const paused = engineReading('openai', {
      queued: 1,
      oldestQueuedSeconds: minutes(90),
      workers: { ready: 0, preparing: 0, resting: 0, paused: 1, unavailable: 0 },
    });
    expect(codes(quietReadings({ engines: [paused] }))).toEqual([]);
  });

  test('a standstill is reported for missing workers as a whole, not for each engine, and only while a file waits', () => {
    const workers = { alive: 0, absentSeconds: minutes(50) };
    const waiting = engineReading('local', {
      queued: 3,
      oldestQueuedSeconds: minutes(40),
      idleSeconds: minutes(40),
    });
    expect(findStandstills(quietReadings({ workers, engines: [waiting] }))).toEqual([
      { code: 'no-workers', engine: null, machine: null, sinceSeconds: minutes(40), waitingCount: 3 },
    ]);
    expect(codes(quietReadings({ workers }))).toEqual([]);
  });

  test('each other standstill is reported from its limit on, and not a second earlier', () => {
    const cases = {
      'no-bots': (seconds: number) => ({ bots: { alive: 0, absentSeconds: seconds } }),
      'tokens-away': (seconds: number) => ({ tokensAwaySeconds: seconds }),
      'telegram-away': (seconds: number) => ({ updates: null, telegramAwaySeconds: seconds }),
      'updates-stuck': (seconds: number) => ({
        updates: { pending: 8, stuckSeconds: seconds, lastError: null },
      }),
      'answers-unsent': (seconds: number) => ({ answers: { unsent: 2, oldestSeconds: seconds } }),
      'disk-full': (seconds: number) => ({ fullDisks: [{ machine: 'a', freeBytes: 1, seconds }] }),
      'backup-old': (seconds: number) => ({ backupSeconds: seconds }),
    } as const;
    for (const [code, change] of Object.entries(cases) as [
      keyof typeof cases,
      (typeof cases)[keyof typeof cases],
    ][]) {
      const least = minSeconds[code];
      expect(findStandstills(quietReadings(change(least)))).toMatchObject([{ code, sinceSeconds: least }]);
      expect(findStandstills(quietReadings(change(least - 1)))).toEqual([]);
    }
  });

  test('of several standstills the worst is reported first', () => {
    const readings = quietReadings({ backupSeconds: 1e6, bots: { alive: 0, absentSeconds: 999 } });
    expect(codes(readings)).toEqual(['no-bots', 'backup-old']);
  });
});

describe('the age of a standstill is derived from earlier readings', () => {
  const at = (seconds: number) => new Date(1_795_000_000_000 + seconds * 1_000);
  const tokens = new Map([['local', { waiting: 2, active: 1 }]] as const);
  const updates = (pending: number) => ({ pending, lastError: null });
  const measured = (change: Partial<Measured> = {}): Measured => ({
    takenAt: at(0),
    answers: { unsent: 0, oldestSeconds: null },
    backupSeconds: null,
    engines: [engineReading('local', { queued: 3, oldestQueuedSeconds: 500 })],
    aliveBots: 1,
    aliveWorkers: 1,
    disks: [],
    ...change,
  });

  test('the age of a standstill of waiting files counts from the first time that none of them ran until one does', () => {
    const first = combine(null, measured(), tokens, updates(0));
    expect(first.engines[0]).toMatchObject({ idleSeconds: 0, tokens: { waiting: 2, active: 1 } });
    const second = combine(first, measured({ takenAt: at(15) }), tokens, updates(0));
    const third = combine(second, measured({ takenAt: at(45) }), tokens, updates(0));
    expect(third.engines[0]?.idleSeconds).toBe(45);
    const worked = engineReading('local', { queued: 3, processing: 1, oldestQueuedSeconds: 500 });
    const fourth = combine(third, measured({ takenAt: at(60), engines: [worked] }), tokens, updates(0));
    expect(fourth.engines[0]?.idleSeconds).toBeNull();
  });

  test('the age of a standstill of stuck updates counts while their number does not fall', () => {
    let before = combine(null, measured(), tokens, updates(5));
    expect(before.updates?.stuckSeconds).toBe(0);
    before = combine(before, measured({ takenAt: at(30) }), tokens, updates(5));
    before = combine(before, measured({ takenAt: at(60) }), tokens, updates(9));
    expect(before.updates?.stuckSeconds).toBe(60);
    expect(
      combine(before, measured({ takenAt: at(90) }), tokens, updates(8)).updates?.stuckSeconds,
    ).toBeNull();
    expect(
      combine(before, measured({ takenAt: at(90) }), tokens, updates(0)).updates?.stuckSeconds,
    ).toBeNull();
  });

  test('the age of other standstills comes from earlier readings, and starts over after two minutes without readings', () => {
    const full = { machine: 'a', freeBytes: minFreeBytes - 1 };
    const gone = {
      aliveBots: 0,
      aliveWorkers: 0,
      disks: [full, { machine: 'b', freeBytes: minFreeBytes }],
    };
    const first = combine(null, measured(gone), null, null);
    const second = combine(first, measured({ ...gone, takenAt: at(100) }), null, null);
    expect(second).toMatchObject({
      bots: { alive: 0, absentSeconds: 100 },
      workers: { alive: 0, absentSeconds: 100 },
      fullDisks: [{ ...full, seconds: 100 }],
      updates: null,
      telegramAwaySeconds: 100,
      tokensAwaySeconds: 100,
    });
    const late = combine(second, measured({ ...gone, takenAt: at(221) }), null, null);
    expect(late).toMatchObject({
      bots: { absentSeconds: 0 },
      tokensAwaySeconds: 0,
      fullDisks: [{ seconds: 0 }],
    });
    const well = combine(second, measured({ takenAt: at(110) }), tokens, updates(0));
    expect(well).toMatchObject({
      bots: { absentSeconds: null },
      workers: { absentSeconds: null },
      fullDisks: [],
      telegramAwaySeconds: null,
      tokensAwaySeconds: null,
    });
  });
});
