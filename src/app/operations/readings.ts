import type { EngineId } from '../../domain/engine-names.ts';
import { type EngineReading, leastFreeBytes, type Readings } from './standstills.ts';

/** What the database tells of what operators watch, in one question. */
export type Measured = Pick<Readings, 'takenAt' | 'answers' | 'backupSeconds'> & {
  readonly engines: readonly Omit<EngineReading, 'idleSeconds' | 'tokens'>[];
  readonly aliveBots: number;
  readonly aliveWorkers: number;
  /** Of each machine with a living worker, where recordings lie; a bot keeps none, and may have next to no disk. */
  readonly disks: readonly { readonly machine: string; readonly freeBytes: number }[];
};

/** The readings that all processes share. */
export type SharedReadings = {
  /** The latest, and their age; null before there were any. */
  latest(): Promise<{ readonly readings: Readings; readonly ageMs: number } | null>;
  /** True for one process in `everyMs`: that one is to take new ones. */
  claim(everyMs: number): Promise<boolean>;
  measure(): Promise<Measured>;
  keep(readings: Readings): Promise<void>;
};

/** Jobs of each engine's queue. Rejects while the backend does not answer. */
export type TokenCounts = () => Promise<
  ReadonlyMap<EngineId, { readonly waiting: number; readonly active: number }>
>;

/** What Telegram says of the updates of this bot (Bot API, `WebhookInfo`). Rejects while it does not answer. */
export type UpdateCounts = () => Promise<{
  readonly waiting: number;
  readonly lastError: { readonly at: Date; readonly message: string } | null;
}>;

export type ReadingsDependencies = {
  readonly shared: SharedReadings;
  readonly tokenCounts: TokenCounts;
  readonly updateCounts: UpdateCounts;
};

/** Prometheus scrapes each process every 15 s or so; readings are not taken more often than this, in milliseconds. */
const everyMs = 10_000;

/** Tokens and Telegram get so long to answer, in milliseconds: a scrape waits for them, and gives up after 10 s. */
const longestAnswerMs = 4_000;

/** After a longer silence between two readings nobody knows what was in between: what lasts begins anew, in seconds. */
const longestGapSeconds = 120;

/**
 * Returns a function that resolves to the latest readings, 10 s old at most while anybody asks for them. All processes
 * share them through the database, so that ten that are scraped cost no more than one. Rejects while the database does
 * not answer.
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
  if (latest !== null && latest.ageMs < everyMs) return latest.readings;
  // Whoever has claimed them is at it; what there is meanwhile is a little older.
  if (!(await shared.claim(everyMs)) && latest !== null) return latest.readings;
  const [measured, tokens, updates] = await Promise.all([
    shared.measure(),
    answerOf(tokenCounts()),
    answerOf(updateCounts()),
  ]);
  const readings = combine(latest?.readings ?? null, measured, tokens, updates);
  await shared.keep(readings);
  return readings;
}

/** Null when it is late, or none. */
async function answerOf<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, longestAnswerMs, null);
  });
  try {
    return await Promise.race([answer.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Puts together what was measured now, and how long it has been so by what was measured before. */
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
    const known = gapSeconds >= 0 && gapSeconds <= longestGapSeconds && typeof beforeSeconds === 'number';
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
      .filter(({ freeBytes }) => freeBytes < leastFreeBytes)
      .map((disk) => {
        const known = before?.fullDisks.find(({ machine }) => machine === disk.machine);
        return { ...disk, seconds: lasting(true, known?.seconds) ?? 0 };
      }),
    updates: updates && {
      pending: updates.waiting,
      stuckSeconds: lasting(
        updates.waiting > 0 && updates.waiting >= pendingBefore,
        before?.updates?.stuckSeconds,
      ),
      lastError: updates.lastError,
    },
    telegramAwaySeconds: lasting(updates === null, before?.telegramAwaySeconds),
    tokensAwaySeconds: lasting(tokens === null, before?.tokensAwaySeconds),
  };
}
