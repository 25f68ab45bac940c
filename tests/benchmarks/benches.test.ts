import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { usesRedis } from '../support/redis.ts';
import { maxBenchMs, runBench } from '../support/run-script.ts';

vi.setConfig({ testTimeout: maxBenchMs });

import { temporaryDataDir } from '../support/started-dabir.ts';
import { startUnsyncedPostgres } from '../support/unsynced-postgres.ts';

/**
 * Maximum costs of one file in the queue form, sent alone to the only engine. They do not depend on the
 * machine. Lower a number when a change makes a file cheaper; raise it only with a reason beside it.
 */
const maxPerFile = {
  /**
   * Statements of Dabir, each a round trip: account_upsert for the update, lane_submit, the id of the status message,
   * lane_claim, lane_finish, and deliveries_sent for the text.
   */
  dabir: 6,
  /**
   * Round trips of BullMQ with 8 idle slots. On PostgreSQL: the token is added, found and removed, and a look before
   * the next wait. On Redis: added, found and removed, two waits, since BullMQ's marker ends the first at once, and two
   * looks in between: with one spared, a worker of a chaos run took no file for 5 s. Half a one more: its periodic
   * commands, and a slot that looks once more in vain.
   */
  bullmq: { PostgreSQL: 4.5, Redis: 7.5 },
  /** The status message, and its edit into the text. */
  calls: 2,
};

/**
 * Maximum rows that the server reads for one file from its arrival to its end, while 10,000 others wait: 60 to 99 in
 * 0.1.0. A scan of a user's lane or of all open files would read thousands.
 */
const maxRowsPerFile = 150;

/**
 * Maximum statements of Dabir in a minute without work: a bot and a worker send 153, 90 of them to look for work that
 * is due. It is counted over five seconds, which may hold the eight statements of the watch, one in a quarter of a
 * minute otherwise, and a round more of each other one.
 */
const maxIdleStatements = 400;

let data: Awaited<ReturnType<typeof temporaryDataDir>>;
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  data = await temporaryDataDir();
  const folder = join(data.path, 'server');
  await mkdir(folder, { mode: 0o755 });
  postgres = await startUnsyncedPostgres(folder, { shared_preload_libraries: 'pg_stat_statements' });
});
afterAll(async () => {
  await postgres?.stop();
  await data?.remove();
});

/** Runs a bench in its short form on the server that all of this file share. */
function bench(name: string): Promise<Record<string, unknown>> {
  return runBench(name, data.path, { BENCH_POSTGRES_URL: postgres.url });
}

describe('in its short form', () => {
  test('bench:flow finishes every file, and a file costs no more round trips and Bot API calls than it did', async () => {
    const { settings, results } = (await bench('flow')) as unknown as FlowFigures;
    const tokens = usesRedis() ? (['PostgreSQL', 'Redis'] as const) : (['PostgreSQL'] as const);
    expect(results.map((result) => result.tokens)).toEqual(tokens);
    for (const { tokens: name, one, flood, bare } of results) {
      expect(bare.jobsPerSecond).toBeGreaterThan(0);
      expect(flood.files).toBe(settings.users * settings.filesEach);
      const costs = JSON.stringify(one.cost, null, 2);
      expect(one.cost.needed.dabirRoundTrips, costs).toBeLessThanOrEqual(maxPerFile.dabir);
      expect(one.cost.needed.bullmqRoundTrips, costs).toBeLessThanOrEqual(maxPerFile.bullmq[name]);
      expect(one.cost.needed.calls, costs).toBe(maxPerFile.calls);
    }
  });

  test('bench:lane takes a file to its end while 10,000 others wait, and reads none of them', async () => {
    const { results } = (await bench('lane')) as unknown as LaneFigures;
    expect(results.map(({ figures }) => figures.map(({ waiting }) => waiting))).toEqual([
      [1_000, 10_000],
      [1_000, 10_000],
    ]);
    for (const { figures } of results) {
      expect(figures.at(-1)?.rows).toBeLessThanOrEqual(maxRowsPerFile);
    }
  });

  test('bench:memory finishes every file, and samples the memory of bot and worker', async () => {
    const { samples } = (await bench('memory')) as { samples: Record<string, number>[] };
    expect(samples.map((sample) => sample['files'])).toEqual([20, 40]);
    for (const sample of samples) expect(Math.min(...Object.values(sample))).toBeGreaterThan(0);
  });

  test('bench:mixed finishes files while an admin looks at pages, and samples the memory of bot, worker and children', async () => {
    const { samples } = (await bench('mixed')) as { samples: Record<string, number>[] };
    expect(samples.map((sample) => sample['seconds'])).toEqual([2, 4, 6]);
    expect(samples.at(-1)).toMatchObject({ done: expect.any(Number), failed: 0 });
    for (const sample of samples) expect(sample['bot RSS']).toBeGreaterThan(0);
  });

  test('bench:idle counts what a bot and a worker send to the database without work', async () => {
    const { figures } = (await bench('idle')) as { figures: Record<string, number> };
    expect(figures['statements of Dabir a minute']).toBeGreaterThan(0);
    expect(figures['statements of Dabir a minute']).toBeLessThanOrEqual(maxIdleStatements);
  });

  test('bench:fairness serves each user with one file within a round, behind a user with many', async () => {
    const { waits, others } = (await bench('fairness')) as unknown as FairnessFigures;
    expect(waits).toHaveLength(others);
    // A round of all users, the file that runs when the wait begins, and the next one, which is chosen already.
    for (const wait of waits) expect(wait['files ended in that time']).toBeLessThanOrEqual(others + 1 + 2);
  });

  test('bench:admin gets every page, and no page scans the transcriptions', async () => {
    const { figures, scanned } = (await bench('admin')) as { figures: unknown[]; scanned: number };
    expect(figures.length).toBeGreaterThan(20);
    expect(scanned).toBe(0);
  });

  test('bench:attack gets an answer to malformed requests, and the bot survives them', async () => {
    const { requests, statuses, samples } = (await bench('attack')) as unknown as AttackFigures;
    expect(sum(Object.values(statuses))).toBeGreaterThanOrEqual(requests);
    expect(Object.keys(statuses).filter((status) => status.startsWith('5'))).toEqual([]);
    expect(samples.at(-1)).toMatchObject({ sent: requests, rss: expect.any(Number) });
  });

  test('bench:flood gets every answer once while Telegram refuses some calls', async () => {
    const { files, whole, tooFast } = await bench('flood');
    expect({ files, whole, tooFast }).toEqual({ files: 8, whole: 8, tooFast: 0 });
  });

  test('bench:flood-bots reports every file, and no bot is too fast for Telegram', async () => {
    const { files, untold, tooFast } = await bench('flood-bots');
    expect({ files, untold, tooFast }).toEqual({ files: 4, untold: 0, tooFast: 0 });
  });

  test('bench:recovery runs a file again after its worker was killed', async () => {
    expect(await bench('recovery')).toMatchObject({ kills: 1, seconds: [expect.any(Number)] });
  });
});

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

type FlowFigures = {
  readonly settings: { readonly users: number; readonly filesEach: number };
  readonly results: readonly {
    readonly tokens: 'PostgreSQL' | 'Redis';
    readonly one: {
      readonly cost: {
        readonly needed: {
          readonly dabirRoundTrips: number;
          readonly bullmqRoundTrips: number;
          readonly calls: number;
        };
      };
    };
    readonly flood: { readonly files: number };
    readonly bare: { readonly jobsPerSecond: number };
  }[];
};
type LaneFigures = {
  readonly results: readonly {
    readonly figures: readonly { readonly waiting: number; readonly rows: number }[];
  }[];
};
type FairnessFigures = {
  readonly others: number;
  readonly waits: readonly { readonly 'files ended in that time': number }[];
};
type AttackFigures = {
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly samples: readonly object[];
};
