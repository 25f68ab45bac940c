import type { EngineKind } from '../../domain/engine.ts';
import type { TranscriptionState } from '../../domain/transcription.ts';

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
