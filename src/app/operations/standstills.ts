import type { EngineId } from '../../domain/engine-names.ts';

/**
 * What operators watch, at one moment. Every `…Seconds` is how long something has lasted, null while it is not so. What
 * is a plain number or a list costs the same to read however many files wait (store/admin/readings.ts).
 */
export type Readings = {
  /** By the database's clock. */
  readonly takenAt: Date;
  /** Every engine that the program knows, in the order of `engineIds`. */
  readonly engines: readonly EngineReading[];
  readonly bots: ProcessReading;
  readonly workers: ProcessReading;
  readonly answers: {
    /** Files whose answer has not gone out; 100 stands for "100 or more". */
    readonly unsent: number;
    /** Of the answer that has waited longest. */
    readonly oldestSeconds: number | null;
  };
  /** Machines with little space where recordings lie. */
  readonly fullDisks: readonly {
    readonly machine: string;
    readonly freeBytes: number;
    readonly seconds: number;
  }[];
  /** What Telegram says of this bot's updates; null while it does not answer. */
  readonly updates: {
    readonly pending: number;
    /** For how long there have been some that nobody takes: none was handled, or more came than were handled. */
    readonly stuckSeconds: number | null;
    /** The last failure to deliver to the webhook; null: none, or updates are polled. */
    readonly lastError: { readonly at: Date; readonly message: string } | null;
  } | null;
  /** For how long Telegram has not answered. */
  readonly telegramAwaySeconds: number | null;
  /** For how long what carries the tokens (Redis, or PostgreSQL) has not answered. */
  readonly tokensAwaySeconds: number | null;
  /** Age of the last backup; null: none was ever made. */
  readonly backupSeconds: number | null;
};

export type EngineReading = {
  readonly engine: EngineId;
  /** Files in each state that has not ended. */
  readonly pending: number;
  readonly queued: number;
  readonly processing: number;
  /** Of the QUEUED file that a worker could have taken first. */
  readonly oldestQueuedSeconds: number | null;
  /** For how long files have been QUEUED while none was PROCESSING. */
  readonly idleSeconds: number | null;
  /** How many living workers say what of it. */
  readonly workers: Readonly<Record<'ready' | 'preparing' | 'resting' | 'paused' | 'unavailable', number>>;
  /** How many of them have a circuit that is not closed, and for how long the first of these. */
  readonly openCircuits: number;
  readonly circuitOpenSeconds: number | null;
  /** BullMQ's jobs; null while its backend does not answer. */
  readonly tokens: { readonly waiting: number; readonly active: number } | null;
};

export type ProcessReading = { readonly alive: number; readonly absentSeconds: number | null };

/** The conditions that are looked for, the worst first. */
export const standstillCodes = [
  'no-bots',
  'no-workers',
  'tokens-away',
  'telegram-away',
  'updates-stuck',
  'files-stuck',
  'circuit-open',
  'engine-away',
  'answers-unsent',
  'disk-full',
  'files-slow',
  'backup-old',
] as const;
export type StandstillCode = (typeof standstillCodes)[number];

/** Something that does not go on by itself, or not as it should. */
export type Standstill = {
  readonly code: StandstillCode;
  /** Null where it is not one engine's. */
  readonly engine: EngineId | null;
  /** Null where it is not one machine's. */
  readonly machine: string | null;
  /** How long it has lasted. */
  readonly sinceSeconds: number;
  /** Files, answers or updates that wait; null where nothing is counted. */
  readonly waiting: number | null;
};

const minute = 60;
const hour = 60 * minute;

/** How long each may last before it counts, in seconds, and why so long. */
export const leastSeconds: Readonly<Record<StandstillCode, number>> = {
  // A restart takes seconds, an upgrade with migrations a minute or so.
  'no-bots': 2 * minute,
  'no-workers': 2 * minute,
  // A restart of Redis or PostgreSQL, or a broken line, mends itself within a minute.
  'tokens-away': 2 * minute,
  'telegram-away': 2 * minute,
  // A bot takes a hundred updates at once, several times a second: a count that does not fall for so long is not a crowd.
  'updates-stuck': 5 * minute,
  // A lost token is sent again after a lease (LEASE_SECONDS, 8 s by default), and BullMQ gives a dead one up within 10 s.
  'files-stuck': 5 * minute,
  // Rests of 30 s, 1, 2 and 4 minutes: the service has failed four tries in a row after it had failed five files.
  'circuit-open': 8 * minute,
  // LOCAL downloads up to 3 GB before it is ready.
  'engine-away': 30 * minute,
  // A try that fails is made again after ten minutes at most, when Telegram asks for patience.
  'answers-unsent': 15 * minute,
  // A large recording fills and empties gigabytes within minutes.
  'disk-full': 2 * minute,
  // A lecture of 90 minutes keeps the one slot of LOCAL busy for most of an hour on two cores.
  'files-slow': hour,
  // A daily backup was missed twice.
  'backup-old': 50 * hour,
};

/** Less free space than this is too little, in bytes: nine files of an hour, as 16 kHz WAV, take 1 GB (WORKER_REMOTE + WORKER_LOCAL). */
export const leastFreeBytes = 2 ** 30;

/** Returns what stands still by these readings, the worst first; empty while all is well. */
export function standstills(readings: Readings): Standstill[] {
  const found = conditions.flatMap((condition) => condition(readings));
  return found
    .filter(({ code, sinceSeconds }) => sinceSeconds >= leastSeconds[code])
    .toSorted((a, b) => standstillCodes.indexOf(a.code) - standstillCodes.indexOf(b.code));
}

/** From readings to what they say, however short it has lasted. A new condition is a function here. */
type Condition = (readings: Readings) => Standstill[];

const conditions: readonly Condition[] = [
  ({ bots }) => lasting('no-bots', bots.absentSeconds),
  ({ workers, engines }) => {
    const oldest = Math.max(...engines.map(({ oldestQueuedSeconds }) => oldestQueuedSeconds ?? 0));
    const waiting = sum(engines.map(waitingFor));
    if (workers.absentSeconds === null || waiting === 0) return [];
    return lasting('no-workers', Math.min(workers.absentSeconds, oldest), { waiting });
  },
  ({ tokensAwaySeconds }) => lasting('tokens-away', tokensAwaySeconds),
  ({ telegramAwaySeconds }) => lasting('telegram-away', telegramAwaySeconds),
  ({ updates }) =>
    lasting('updates-stuck', updates?.stuckSeconds ?? null, { waiting: updates?.pending ?? null }),
  ({ workers, engines }) =>
    // Without workers that is all there is to say.
    workers.alive === 0 ? [] : engines.flatMap(engineStandstill),
  ({ answers }) => lasting('answers-unsent', answers.oldestSeconds, { waiting: answers.unsent }),
  ({ fullDisks }) => fullDisks.flatMap(({ machine, seconds }) => lasting('disk-full', seconds, { machine })),
  ({ backupSeconds }) => lasting('backup-old', backupSeconds),
];

/** At most one of an engine: the one that says most of why its files wait. */
function engineStandstill(reading: EngineReading): Standstill[] {
  const { engine, queued, processing, oldestQueuedSeconds, idleSeconds, workers } = reading;
  // An admin has paused it, and knows.
  if (workers.paused > 0) return [];
  const about = { engine, waiting: waitingFor(reading) };
  const closedCircuits = workers.ready + workers.resting - reading.openCircuits;
  // Half open and without a file to try, it may be well again for all that anybody knows.
  if (closedCircuits <= 0 && (workers.resting > 0 || queued + processing > 0) && reading.openCircuits > 0)
    return lasting('circuit-open', reading.circuitOpenSeconds, about);
  if (oldestQueuedSeconds === null) return [];
  if (workers.ready === 0) return lasting('engine-away', oldestQueuedSeconds, about);
  const stuckSeconds = Math.min(oldestQueuedSeconds, idleSeconds ?? 0);
  if (stuckSeconds >= leastSeconds['files-stuck']) return lasting('files-stuck', stuckSeconds, about);
  return lasting('files-slow', oldestQueuedSeconds, about);
}

function waitingFor({ queued, pending }: EngineReading): number {
  return queued + pending;
}

function lasting(
  code: StandstillCode,
  sinceSeconds: number | null,
  about: Partial<Pick<Standstill, 'engine' | 'machine' | 'waiting'>> = {},
): Standstill[] {
  return sinceSeconds === null
    ? []
    : [{ code, engine: null, machine: null, waiting: null, ...about, sinceSeconds }];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
