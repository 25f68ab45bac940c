import type { EngineKind } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { MediaKind, TranscriptionState } from '../../domain/transcription.ts';

/** What operators ask of the whole. */
export type Overview = {
  /** How many files are in each state that has not ended. */
  depth(): Promise<readonly QueueDepth[]>;
  /** Keeps the price of `depth` low; every worker does it now and then. */
  foldDepth(): Promise<void>;
  /** Workers that have reported lately. */
  aliveWorkers(): Promise<number>;
  /** Rejects while the database does not answer. */
  answers(): Promise<void>;
};

export type QueueDepth = {
  readonly state: TranscriptionState;
  /** `none`: no engine has been chosen. */
  readonly kind: EngineKind | 'none';
  readonly files: number;
};

/** What is counted of the work, for operators. */
export type Meter = {
  accepted(kind: MediaKind): void;
  /** A worker has begun with a file that was due for so long. */
  started(engine: EngineId, waitedSeconds: number): void;
  /** A file has come to its end. `engine`: null when none was chosen. */
  ended(end: {
    readonly engine: EngineId | null;
    readonly state: 'COMPLETED' | 'FAILED' | 'CANCELLED';
    readonly code: ErrorCode | null;
    readonly runningSeconds: number;
    readonly audioSeconds: number;
  }): void;
  /** An attempt failed; the file will be tried again. */
  attemptFailed(engine: EngineId, code: ErrorCode): void;
  leaseLost(): void;
  /** So many bytes are free where recordings lie. */
  diskFree(bytes: number): void;
  update(result: 'handled' | 'later'): void;
  /** A call of the Bot API has ended; status 0: without an answer. */
  telegramCall(method: string, status: number, seconds: number): void;
};

export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  debug(fields: object, message: string): void;
};
