import type { Delivery } from '../../domain/delivery.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { ChooseResult, Earlier, Repeated, SubmitResult } from './lanes.ts';

/** Repeated transcription of the same audio. Every method is one transaction in the database. */
export type Repeats = {
  /**
   * Adds a copy of a transcription for another engine or language, in the state CHOOSING. `already`: there is such a
   * copy without an engine.
   * @param language of the copy, ISO 639-1; that of the transcription when omitted
   */
  copy(
    id: TranscriptionId,
    userId: UserId,
    language?: string,
  ): Promise<SubmitResult | { outcome: 'already' } | { outcome: 'unknown' }>;
  /**
   * Chooses an engine as `Lanes.choose` does. Changes nothing when the user has an earlier transcript of the same audio,
   * from this engine and in the same language, and returns that.
   */
  choose(id: TranscriptionId, userId: UserId, engine: EngineId): Promise<ChooseResult | Repeated>;
  /** Returns the transcription of which this one is a copy, while it is waiting or running; null otherwise. */
  openOriginal(id: TranscriptionId, userId: UserId): Promise<Transcription | null>;
  /** Completes a transcription with an earlier transcript. Resolves to false when its state no longer allows that. */
  reuse(
    id: TranscriptionId,
    userId: UserId,
    engine: EngineId,
    earlier: Earlier,
    deliveries: readonly Delivery[],
  ): Promise<boolean>;
};
