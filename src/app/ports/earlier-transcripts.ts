import type { Delivery } from '../../domain/delivery.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { ChooseResult, EarlierFound, EarlierTranscript } from './lanes.ts';

/** Reuse of a user's earlier transcripts. Each method is one transaction in the database. */
export type EarlierTranscripts = {
  /**
   * Chooses an engine as `Lanes.choose` does. Changes nothing when the user has an earlier transcript of the same
   * audio, from this engine and in the same language, and returns that.
   */
  chooseOrFind(id: TranscriptionId, userId: UserId, engine: EngineId): Promise<ChooseResult | EarlierFound>;
  /** Completes a transcription with an earlier transcript. Resolves to false when its state no longer allows that. */
  reuse(
    id: TranscriptionId,
    userId: UserId,
    engine: EngineId,
    earlier: EarlierTranscript,
    deliveries: readonly Delivery[],
  ): Promise<boolean>;
};
