import type { EngineId } from '../../domain/engine-names.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { type EngineReading, minFreeBytes, type Readings } from './standstills.ts';

/** Readings from the database, taken with one query. */
export type Measured = Pick<Readings, 'takenAt' | 'answers' | 'backupSeconds'> & {
  readonly engines: readonly Omit<EngineReading, 'idleSeconds' | 'tokens'>[];
  readonly aliveBots: number;
  readonly aliveWorkers: number;
  /**
   * Free space of each machine with a live worker, where audio is stored. A bot stores none and may have almost no
   * disk.
   */
  readonly disks: readonly { readonly machine: string; readonly freeBytes: number }[];
};

/** Readings that all processes share. */
export type SharedReadings = {
  /** Returns the latest readings and their age; null before there were any. */
  latest(): Promise<{ readonly readings: Readings; readonly ageMs: number } | null>;
  /** Resolves to true for one process per `readingIntervalMs` (ms); that process takes new readings. */
  claim(readingIntervalMs: number): Promise<boolean>;
  measure(): Promise<Measured>;
  save(readings: Readings): Promise<void>;
};

/** Numbers of tokens in the queues of these engines. Rejects while the backend does not answer. */
export type TokenCounts = (
  engines: readonly EngineId[],
) => Promise<ReadonlyMap<EngineId, { readonly waiting: number; readonly active: number }>>;

/**
 * Telegram's figures about the updates of this bot (Bot API, `WebhookInfo`). Rejects while Telegram does not answer.
 */
export type UpdateCounts = () => Promise<{
  readonly pending: number;
  readonly lastError: { readonly at: Date; readonly message: string } | null;
}>;

export type ReadingsDependencies = {
  readonly shared: SharedReadings;
  readonly tokenCounts: TokenCounts;
  readonly updateCounts: UpdateCounts;
};

/** Minimum time between two readings, in ms. Prometheus scrapes each process about every 15 s. */
const maxAgeMs = 10_000;

/**
 * Maximum time that the token backend and Telegram may take to answer, in ms. A scrape waits for them, and gives up
 * after 10 s.
 */
const maxResponseMs = 4_000;

/**
 * Longest gap between two readings, in seconds. After a longer one the durations begin again at 0, because nothing is
 * known about the time in between.
 */
const maxGapSeconds = 120;

/**
 * Returns a function that resolves to the latest readings, at most 10 s old while they are requested. All processes
 * share them through the database, so scraping ten processes costs no more than scraping one. The function rejects
 * while the database does not answer.
 */
export function createReadings(dependencies: ReadingsDependencies): () => Promise<Readings> {
  let underWay: Promise<Readings> | undefined;
  return () => {
    underWay ??= read(dependencies).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

async function read({ shared, tokenCounts, updateCounts }: ReadingsDependencies): Promise<Readings> {
  const latest = await shared.latest();
  if (latest !== null && latest.ageMs < maxAgeMs) return latest.readings;
  // Another process is taking new readings; the existing ones are only a little older.
  if (!(await shared.claim(maxAgeMs)) && latest !== null) return latest.readings;
  const answered = answerOf(updateCounts());
  const measured = await shared.measure();
  const [tokens, updates] = await Promise.all([answerOf(tokenCounts(inUse(measured))), answered]);
  const readings = combine(latest?.readings ?? null, measured, tokens, updates);
  await shared.save(readings);
  return readings;
}

/**
 * Returns the engines that a worker has, or that have files; the queues of the others are empty. One of those when
 * there are none, so that it is known whether the backend answers.
 */
function inUse({ engines }: Measured): EngineId[] {
  const used = engines.filter(
    ({ queued, processing, workers }) =>
      queued + processing + Object.values(workers).reduce((sum, count) => sum + count, 0) > 0,
  );
  return (used.length > 0 ? used : engines.slice(0, 1)).map(({ engine }) => engine);
}

/** Resolves to null when the answer is late or fails. */
async function answerOf<T>(answer: Promise<T>): Promise<T | null> {
  return (await waitAtMost(maxResponseMs, answer)) ?? null;
}

/** Combines the new measurements with the previous readings, from which the durations continue. */
export function combine(
  before: Readings | null,
  measured: Measured,
  tokens: Awaited<ReturnType<TokenCounts>> | null,
  updates: Awaited<ReturnType<UpdateCounts>> | null,
): Readings {
  const gapSeconds =
    before === null ? Infinity : (measured.takenAt.getTime() - before.takenAt.getTime()) / 1000;
  const lasting = (holds: boolean, beforeSeconds: number | null | undefined): number | null => {
    if (!holds) return null;
    const known = gapSeconds >= 0 && gapSeconds <= maxGapSeconds && typeof beforeSeconds === 'number';
    return known ? beforeSeconds + gapSeconds : 0;
  };
  const pendingBefore = before?.updates?.pending ?? 0;
  const { takenAt, answers, backupSeconds, aliveBots, aliveWorkers, disks } = measured;
  return {
    takenAt,
    answers,
    backupSeconds,
    engines: measured.engines.map((reading) => {
      const known = before?.engines.find(({ engine }) => engine === reading.engine);
      return {
        ...reading,
        idleSeconds: lasting(reading.queued > 0 && reading.processing === 0, known?.idleSeconds),
        tokens: tokens?.get(reading.engine) ?? null,
      };
    }),
    bots: { alive: aliveBots, absentSeconds: lasting(aliveBots === 0, before?.bots.absentSeconds) },
    workers: {
      alive: aliveWorkers,
      absentSeconds: lasting(aliveWorkers === 0, before?.workers.absentSeconds),
    },
    fullDisks: disks
      .filter(({ freeBytes }) => freeBytes < minFreeBytes)
      .map((disk) => {
        const known = before?.fullDisks.find(({ machine }) => machine === disk.machine);
        return { ...disk, seconds: lasting(true, known?.seconds) ?? 0 };
      }),
    updates: updates && {
      pending: updates.pending,
      stuckSeconds: lasting(
        updates.pending > 0 && updates.pending >= pendingBefore,
        before?.updates?.stuckSeconds,
      ),
      lastError: updates.lastError,
    },
    telegramAwaySeconds: lasting(updates === null, before?.telegramAwaySeconds),
    tokensAwaySeconds: lasting(tokens === null, before?.tokensAwaySeconds),
  };
}
