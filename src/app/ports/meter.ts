import type { EngineId } from '../../domain/engine-names.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { MediaKind } from '../../domain/transcription.ts';

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
