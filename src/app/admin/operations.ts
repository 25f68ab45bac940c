import type { Cost, EngineReadiness } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { QueueDepth } from '../ports/operations.ts';

/** How far back a chart goes: by half hours, by six hours, by days. */
export const spans = ['day', 'week', 'month'] as const;
export type Span = (typeof spans)[number];

/** What was done, for charts; by the calendar of TIME_ZONE. */
export type Charts = {
  /** Oldest first, without gaps; the last is still under way. */
  points(span: Span): Promise<ChartPoint[]>;
  /** What each engine cost in so many days, of which today is the last; days without cost are left out. */
  costs(days: number): Promise<DayCosts[]>;
  /** Writes down the past, once it is over, so that charts need not add it up again. */
  close(): Promise<void>;
};

export type ChartPoint = {
  readonly at: Date;
  readonly files: number;
  readonly failures: number;
  readonly minutes: number;
  /** From the choice of an engine to the start of the work; null when nothing was started. */
  readonly meanWaitSeconds: number | null;
  readonly longestWaitSeconds: number | null;
};

export type DayCosts = { readonly day: Date; readonly engine: string; readonly costs: readonly Cost[] };

/** The processes of Dabir, on all machines. */
export type Processes = {
  /**
   * This one is alive; resolves to how many are, this one included.
   * @param freeBytes where it keeps files while it works on them
   */
  report(process: { readonly role: ProcessRole; readonly freeBytes: number | null }): Promise<number>;
  /** This one ends, in order. */
  leave(): Promise<void>;
  /** Returns all that have reported in the last ten minutes; a worker with what it does. */
  list(): Promise<ProcessRow[]>;
};

export type ProcessRole = 'bot' | 'worker';

export type ProcessRow = {
  readonly name: string;
  readonly role: string;
  readonly version: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  /** False when it has been silent for too long. */
  readonly isAlive: boolean;
  readonly freeBytes: number | null;
  /** Files that it is working on. */
  readonly files: readonly TranscriptionId[];
};

/** Engines as workers report them, and what came of their work. */
export type EngineOverview = {
  list(): Promise<EngineDetails[]>;
  /** What people think of transcripts, by language and engine: the latest thumbs of 90 days. */
  scores(): Promise<Score[]>;
};

export type EngineDetails = {
  readonly engine: EngineId;
  /** What every worker says that has reported lately. */
  readonly reports: readonly {
    readonly worker: string;
    readonly readiness: EngineReadiness;
    readonly credit: string | null;
  }[];
  /** Seconds of work for a minute of audio in its last runs (200 at most); null before there were any. */
  readonly pace: { readonly p50: number; readonly p95: number } | null;
  readonly test: EngineTest | null;
};

export type Score = {
  readonly language: string | null;
  readonly engine: string;
  readonly good: number;
  readonly all: number;
};

/** Trying engines out: an admin asks, and a worker has the engine hear a sample. */
export type EngineTests = {
  /** Resolves to false while one is under way already. */
  ask(engine: EngineId, askedBy: UserId): Promise<boolean>;
  /** The next one for an engine that this process runs. */
  take(engines: readonly EngineId[]): Promise<{ readonly id: number; readonly engine: EngineId } | null>;
  end(
    id: number,
    result:
      | { readonly heard: string; readonly error: null }
      | { readonly heard: null; readonly error: string },
  ): Promise<void>;
};

export type EngineTest = {
  readonly state: 'waiting' | 'running' | 'passed' | 'failed' | 'lost';
  readonly askedAt: Date;
  /** From its start to its end. */
  readonly seconds: number | null;
  readonly heard: string | null;
  readonly error: string | null;
};

/** The database's own state. */
export type DatabaseState = {
  readonly version: string;
  readonly bytes: number;
  readonly connections: number;
  /** How long it took to answer. */
  readonly milliseconds: number;
};

/** A backup of the database (`npm run backup`). It was read back and its rows were counted before it was recorded. */
export type BackupRecord = {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Size of the file. */
  readonly bytes: number;
  /** Rows of all tables in it. */
  readonly rows: number;
  /** Name of the machine that made it. */
  readonly host: string;
  /** Full path of the file on that machine. */
  readonly file: string;
};

/** What admins did, here and in the chat. */
export type AuditLog = {
  /** The latest first. @param before entries before this one; null: from the latest on */
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

/** What runs now, and what it runs on. */
export type SystemState = {
  readonly version: string;
  readonly depth: readonly QueueDepth[];
  readonly processes: readonly ProcessRow[];
  /** Null while it does not answer. */
  readonly database: DatabaseState | null;
  /** What carries the tokens, and whether it is well. */
  readonly tokens: { readonly name: string; readonly answers: boolean };
};

/** One variable of the configuration. */
export type Setting = {
  readonly name: string;
  /** Null: not set. Of a secret that is set nothing but that. */
  readonly value: string | null;
  readonly isSecret: boolean;
};
