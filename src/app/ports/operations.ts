import type { EngineKind } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { MediaKind, TranscriptionState } from '../../domain/transcription.ts';

/** State of the whole system, for operators. */
export type Overview = {
  /** Returns the number of transcriptions in each state that has not ended. */
  depth(): Promise<readonly QueueDepth[]>;
  /** Folds the changes of the depth into its sums, which keeps `depth` cheap. Every worker calls it every 10 s. */
  foldDepth(): Promise<void>;
  /** Returns the number of workers that reported recently. */
  aliveWorkers(): Promise<number>;
  /** Rejects while the database does not answer. */
  ping(): Promise<void>;
};

export type QueueDepth = {
  readonly state: TranscriptionState;
  /** `none`: no engine was chosen. */
  readonly kind: EngineKind | 'none';
  readonly files: number;
};

/** Counters of the work, for the metrics. */
export type Meter = {
  accepted(kind: MediaKind): void;
  /** Counts the start of a job that was due for this many seconds. */
  started(engine: EngineId, waitedSeconds: number): void;
  /** Counts the end of a transcription. `engine` is null when none was chosen. */
  ended(end: {
    readonly engine: EngineId | null;
    readonly state: 'COMPLETED' | 'FAILED' | 'CANCELLED';
    readonly code: ErrorCode | null;
    readonly runningSeconds: number;
    readonly audioSeconds: number;
  }): void;
  /** Counts a failed attempt; the transcription is retried. */
  attemptFailed(engine: EngineId, code: ErrorCode): void;
  leaseLost(): void;
  /** Sets the free space, in bytes, where audio files are stored during the work. */
  diskFree(bytes: number): void;
  update(result: 'handled' | 'later'): void;
  /** Counts a call of the Bot API that has ended; status 0: without an answer. */
  telegramCall(method: string, status: number, seconds: number): void;
};

export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  debug(fields: object, message: string): void;
};
