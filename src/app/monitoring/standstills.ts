import type { EngineId } from '../../domain/engine-names.ts';

/**
 * State of the system at one moment, for monitoring. Every `…Seconds` is the duration of a condition, null while it
 * does not hold. The cost of a reading does not depend on how many transcriptions wait
 * (store/admin/readings.ts).
 */
export type Readings = {
  /** Time of the database's clock. */
  readonly takenAt: Date;
  /** All engines, in the order of `engineIds`. */
  readonly engines: readonly EngineReading[];
  readonly bots: ProcessReading;
  readonly workers: ProcessReading;
  readonly answers: {
    /** Number of transcriptions with unsent answers; 100 stands for "100 or more". */
    readonly unsent: number;
    /** Age of the oldest unsent answer, in seconds. */
    readonly oldestSeconds: number | null;
  };
  /** Machines with little free space where audio is stored. */
  readonly fullDisks: readonly {
    readonly machine: string;
    readonly freeBytes: number;
    readonly seconds: number;
  }[];
  /** Telegram's figures about this bot's updates; null while Telegram does not answer. */
  readonly updates: {
    readonly pending: number;
    /**
     * Duration of a backlog that does not shrink, in seconds: no update was handled, or more came than were handled.
     */
    readonly stuckSeconds: number | null;
    /** Last failed delivery to the webhook; null: none, or updates are polled. */
    readonly lastError: { readonly at: Date; readonly message: string } | null;
  } | null;
  /** Time without an answer from Telegram, in seconds. */
  readonly telegramAwaySeconds: number | null;
  /** Time without an answer from the token backend (Redis or PostgreSQL), in seconds. */
  readonly tokensAwaySeconds: number | null;
  /** Age of the last backup, in seconds; null: there is none. */
  readonly backupSeconds: number | null;
};

export type EngineReading = {
  readonly engine: EngineId;
  /** Number of transcriptions in each state that has not ended. */
  readonly pending: number;
  readonly queued: number;
  readonly processing: number;
  /** Waiting time of the QUEUED transcription that a worker could have claimed first, in seconds. */
  readonly oldestQueuedSeconds: number | null;
  /** Time in which transcriptions were QUEUED and none was PROCESSING, in seconds. */
  readonly idleSeconds: number | null;
  /** Number of live workers by the readiness that they report. */
  readonly workers: Readonly<Record<'ready' | 'preparing' | 'resting' | 'paused' | 'unavailable', number>>;
  /** Number of workers whose circuit is not closed, and the time since the first of them opened, in seconds. */
  readonly openCircuits: number;
  readonly circuitOpenSeconds: number | null;
  /** Numbers of tokens in BullMQ; null while its backend does not answer. */
  readonly tokens: { readonly waiting: number; readonly active: number } | null;
};

export type ProcessReading = { readonly alive: number; readonly absentSeconds: number | null };

/** Kinds of standstills, the worst first. */
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

/** Something that waits and should move. */
export type Standstill = {
  readonly code: StandstillCode;
  /** Null when it does not concern one engine. */
  readonly engine: EngineId | null;
  /** Null when it does not concern one machine. */
  readonly machine: string | null;
  /** Duration so far, in seconds. */
  readonly sinceSeconds: number;
  /** Number of waiting transcriptions, answers or updates; null where nothing is counted. */
  readonly waitingCount: number | null;
};

const minute = 60;
const hour = 60 * minute;

/** Shortest duration of each condition that counts, in seconds, with the reason for the value. */
export const minSeconds: Readonly<Record<StandstillCode, number>> = {
  // A restart takes seconds, an upgrade with migrations about a minute.
  'no-bots': 2 * minute,
  'no-workers': 2 * minute,
  // A restart of Redis or PostgreSQL, or a lost connection, recovers within a minute.
  'tokens-away': 2 * minute,
  'telegram-away': 2 * minute,
  // A bot handles a hundred updates at a time, several times a second. A count that does not fall within this time is
  // not a peak.
  'updates-stuck': 5 * minute,
  // A lost token is sent again after a lease (LEASE_SECONDS, 8 s by default). BullMQ gives up a dead one within 10 s.
  'files-stuck': 5 * minute,
  // Rests of 30 s, 1, 2 and 4 minutes: the engine has failed four trials in a row after five failures.
  'circuit-open': 8 * minute,
  // LOCAL downloads up to 3 GB before it is ready.
  'engine-away': 30 * minute,
  // A failed attempt is repeated after ten minutes at most, when Telegram asks for a delay.
  'answers-unsent': 15 * minute,
  // A large upload takes and frees gigabytes within minutes.
  'disk-full': 2 * minute,
  // A lecture of 90 minutes keeps the only slot of LOCAL busy for most of an hour on two cores.
  'files-slow': hour,
  // A daily backup was missed twice.
  'backup-old': 50 * hour,
};

/** Minimum free space, in bytes. Nine uploads of an hour, as 16 kHz WAV, take 1 GB (WORKER_REMOTE + WORKER_LOCAL). */
export const minFreeBytes = 2 ** 30;

/** Returns the standstills in these readings, the worst first; empty while there is none. */
export function findStandstills(readings: Readings): Standstill[] {
  const found = conditions.flatMap((condition) => condition(readings));
  return found
    .filter(({ code, sinceSeconds }) => sinceSeconds >= minSeconds[code])
    .toSorted((a, b) => standstillCodes.indexOf(a.code) - standstillCodes.indexOf(b.code));
}

/** Returns the standstills of one kind in the readings, however short they are. A new kind is a function here. */
type Condition = (readings: Readings) => Standstill[];

const conditions: readonly Condition[] = [
  ({ bots }) => lasting('no-bots', bots.absentSeconds),
  ({ workers, engines }) => {
    const oldest = Math.max(...engines.map(({ oldestQueuedSeconds }) => oldestQueuedSeconds ?? 0));
    const waitingCount = sum(engines.map(waitingFor));
    if (workers.absentSeconds === null || waitingCount === 0) return [];
    return lasting('no-workers', Math.min(workers.absentSeconds, oldest), { waitingCount });
  },
  ({ tokensAwaySeconds }) => lasting('tokens-away', tokensAwaySeconds),
  ({ telegramAwaySeconds }) => lasting('telegram-away', telegramAwaySeconds),
  ({ updates }) =>
    lasting('updates-stuck', updates?.stuckSeconds ?? null, { waitingCount: updates?.pending ?? null }),
  ({ workers, engines }) =>
    // Without workers, "no-workers" is the cause of all others.
    workers.alive === 0 ? [] : engines.flatMap(engineStandstill),
  ({ answers }) => lasting('answers-unsent', answers.oldestSeconds, { waitingCount: answers.unsent }),
  ({ fullDisks }) => fullDisks.flatMap(({ machine, seconds }) => lasting('disk-full', seconds, { machine })),
  ({ backupSeconds }) => lasting('backup-old', backupSeconds),
];

/** Returns at most one standstill of an engine: the one that explains best why its transcriptions wait. */
function engineStandstill(reading: EngineReading): Standstill[] {
  const { engine, queued, processing, oldestQueuedSeconds, idleSeconds, workers } = reading;
  // An admin paused the engine, so admins need no notice.
  if (workers.paused > 0) return [];
  const about = { engine, waitingCount: waitingFor(reading) };
  const closedCircuits = workers.ready + workers.resting - reading.openCircuits;
  // A half-open circuit without a job to try is no standstill.
  if (closedCircuits <= 0 && (workers.resting > 0 || queued + processing > 0) && reading.openCircuits > 0)
    return lasting('circuit-open', reading.circuitOpenSeconds, about);
  if (oldestQueuedSeconds === null) return [];
  if (workers.ready === 0) return lasting('engine-away', oldestQueuedSeconds, about);
  const stuckSeconds = Math.min(oldestQueuedSeconds, idleSeconds ?? 0);
  if (stuckSeconds >= minSeconds['files-stuck']) return lasting('files-stuck', stuckSeconds, about);
  return lasting('files-slow', oldestQueuedSeconds, about);
}

function waitingFor({ queued, pending }: EngineReading): number {
  return queued + pending;
}

function lasting(
  code: StandstillCode,
  sinceSeconds: number | null,
  about: Partial<Pick<Standstill, 'engine' | 'machine' | 'waitingCount'>> = {},
): Standstill[] {
  return sinceSeconds === null
    ? []
    : [{ code, engine: null, machine: null, waitingCount: null, ...about, sinceSeconds }];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
