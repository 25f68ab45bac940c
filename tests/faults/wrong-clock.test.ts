// The fault numbers in titles are those of docs/faults.md.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { maxActiveIn, movesOf, startsIn } from '../support/lane-history.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;
const minutes = 60_000;

/** Returns the environment of a process whose clock is off by `ms` ms. */
const shifted = (ms: number) => ({
  CLOCK_SHIFT_MS: String(ms),
  NODE_OPTIONS: `--import=${new URL('../support/shifted-clock.ts', import.meta.url).href}`,
});

describe('fault 29: with clocks that are off by five minutes', () => {
  let dabir: ForkedDabir;
  let workers: Fork[];

  beforeEach(async () => {
    dabir = await startForkedDabir();
    await dabir.startBot(shifted(-5 * minutes));
    workers = await Promise.all([
      dabir.startWorker(shifted(5 * minutes)),
      dabir.startWorker(shifted(-5 * minutes)),
      dabir.startWorker(),
    ]);
  });
  afterEach(() => dabir.close());

  test('fault 29: with clocks that are off by five minutes, leases hold: no worker takes another’s file, however long that runs', async () => {
    const offBy = workers.map(
      ({ lines: [line = ''] }) => (JSON.parse(line) as { time: number }).time - Date.now(),
    );
    expect(offBy.map((ms) => Math.round(ms / minutes))).toEqual([5, -5, -0]);
    dabir.engine.hold();
    const people = await Promise.all(['Sara', 'Emma', 'Liam'].map((name) => dabir.person(name, 'en')));
    const notes = await Promise.all(
      people.map(async (person) => (await person.asksFor('tone.ogg', voice)).note),
    );
    await dabir.engine.call(3);
    // All of them outlive their first lease several times.
    const leases = await leasesUntil();
    await until(async () =>
      (await leasesUntil()).every((lease, index) => lease - (leases[index] ?? 0) > 5_000),
    );
    dabir.engine.release();
    for (const [index, person] of people.entries()) {
      expect(await answerTo(person, notes[index] ?? 0)).toEqual(onceAndWhole);
    }
    const moves = await movesOf(dabir.database, people);
    expect(
      startsIn(moves)
        .map(({ worker }) => worker)
        .toSorted(),
    ).toEqual(workers.map(({ pid }) => pid).toSorted());
    expect(maxActiveIn(moves)).toBe(1);
    expect(dabir.engine.calls.filter(({ left }) => left)).toEqual([]);
  });

  test('fault 29: with clocks that are off by five minutes, a dead worker’s lease still lapses, and a failed attempt is retried', async () => {
    const sara = await dabir.person('Sara', 'en');
    dabir.engine.hold();
    const { note } = await sara.asksFor('tone.ogg', voice);
    const first = await dabir.engine.call(1);
    await workers.find(({ pid }) => pid === first.worker)?.kill();
    const second = await dabir.engine.call(2);
    second.reply({ fails: 'engine_failed' });
    await dabir.engine.call(3);
    dabir.engine.release();
    expect(await answerTo(sara, note)).toEqual(onceAndWhole);
  });

  async function leasesUntil(): Promise<number[]> {
    const lanes = await dabir.database.lane.findMany({ orderBy: { userId: 'asc' } });
    return lanes.map(({ leaseUntil }) => leaseUntil?.getTime() ?? 0);
  }
});
