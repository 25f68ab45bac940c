import type { Cost, EngineReadiness } from '../../domain/engine.ts';
import type { EngineModel } from '../../domain/engine-model.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { QueueDepth } from '../ports/overview.ts';

/** Ranges of a chart: a day in half hours, a week in steps of six hours, a month in days. */
export const spans = ['day', 'week', 'month'] as const;
export type Span = (typeof spans)[number];

/** Figures of the work, for charts, by the calendar of TIME_ZONE. */
export type Charts = {
  /** Returns the points of a chart, oldest first and without gaps; the last one is not over yet. */
  points(span: Span): Promise<ChartPoint[]>;
  /** Returns the cost of each engine in the last days, including today; days without cost are left out. */
  costs(days: number): Promise<DayCosts[]>;
  /** Stores the figures of periods that are over, so that charts need not compute them again. */
  storeFinishedPeriods(): Promise<void>;
};

export type ChartPoint = {
  readonly at: Date;
  readonly files: number;
  readonly failures: number;
  readonly minutes: number;
  /** Mean time from the choice of an engine to the start of the job, in seconds; null when no job started. */
  readonly meanWaitSeconds: number | null;
  readonly maxWaitSeconds: number | null;
};

export type DayCosts = { readonly day: Date; readonly engine: string; readonly costs: readonly Cost[] };

/** Dabir's processes on all machines. */
export type Processes = {
  /**
   * Reports that this process is alive. Resolves to the number of live processes, including this one.
   * @param freeBytes free space where it stores files during the work, in bytes
   */
  report(process: { readonly role: ProcessRole; readonly freeBytes: number | null }): Promise<number>;
  /** Removes this process, at an orderly end. */
  leave(): Promise<void>;
  /** Returns all processes that have reported in the last ten minutes; workers with their current transcriptions. */
  list(): Promise<ProcessRow[]>;
};

export type ProcessRole = 'bot' | 'worker';

export type ProcessRow = {
  readonly name: string;
  readonly role: string;
  readonly version: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  /** False when it has not reported for too long. */
  readonly isAlive: boolean;
  readonly freeBytes: number | null;
  /** Transcriptions that it is working on. */
  readonly files: readonly TranscriptionId[];
};

/** Engines as the workers report them, with figures of their jobs. */
export type EngineOverview = {
  list(): Promise<EngineDetails[]>;
  /** Returns the users' ratings from the last 90 days, by language and engine; the latest of each transcript. */
  scores(): Promise<Score[]>;
};

export type EngineDetails = {
  readonly engine: EngineId;
  /** Reports of all workers that have reported recently. */
  readonly reports: readonly {
    readonly worker: string;
    readonly readiness: EngineReadiness;
    readonly credit: string | null;
    /** Models on the worker's machine. */
    readonly models: readonly EngineModel[];
  }[];
  /** Seconds of work per minute of audio in the last jobs (at most 200); null before there were any. */
  readonly realTimeFactor: { readonly p50: number; readonly p95: number } | null;
  readonly test: EngineTest | null;
};

export type Score = {
  readonly language: string | null;
  readonly engine: string;
  readonly good: number;
  readonly all: number;
};

/** Tests of engines: an admin requests one, and a worker has the engine transcribe a sample. */
export type EngineTests = {
  /** Requests a test. Resolves to false while one is in progress. */
  ask(engine: EngineId, askedBy: UserId): Promise<boolean>;
  /** Takes the next test of an engine that this process runs. */
  lease(engines: readonly EngineId[]): Promise<{ readonly id: number; readonly engine: EngineId } | null>;
  end(
    id: number,
    result: { readonly text: string; readonly error: null } | { readonly text: null; readonly error: string },
  ): Promise<void>;
};

export type EngineTest = {
  readonly state: 'waiting' | 'running' | 'passed' | 'failed' | 'lost';
  readonly askedAt: Date;
  /** Seconds from its start to its end. */
  readonly seconds: number | null;
  readonly text: string | null;
  readonly error: string | null;
};

/** State of the database. */
export type DatabaseState = {
  readonly version: string;
  readonly bytes: number;
  readonly connections: number;
  /** Time that it took to answer, in ms. */
  readonly milliseconds: number;
};

/** A backup of the database (`npm run backup`), recorded after it was read back and its rows were counted. */
export type BackupRecord = {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Size of the file, in bytes. */
  readonly bytes: number;
  /** Number of rows of all tables in it. */
  readonly rows: number;
  /** Name of the machine that made it. */
  readonly host: string;
  /** Full path of the file on that machine. */
  readonly file: string;
};

/** Actions of admins, on the admin page and in the chat. */
export type AuditLog = {
  /**
   * Returns the latest entries first.
   * @param before id of the entry before which to begin; null: with the latest
   */
  list(before: number | null, limit: number): Promise<AuditEntry[]>;
};

export type AuditEntry = {
  readonly id: number;
  readonly actorId: UserId;
  readonly action: string;
  readonly subject: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly at: Date;
};

/** State of the running system. */
export type SystemState = {
  readonly version: string;
  readonly depth: readonly QueueDepth[];
  readonly processes: readonly ProcessRow[];
  /** Null while the database does not answer. */
  readonly database: DatabaseState | null;
  /** Backend of the tokens, and whether it answers. */
  readonly tokens: { readonly name: string; readonly answers: boolean };
};

/** A variable of the configuration. */
export type Setting = {
  readonly name: string;
  /** Value of the variable; null: not set. Secrets never show their value. */
  readonly value: string | null;
  readonly isSecret: boolean;
};
