import type { Delivery } from '../../domain/delivery.ts';
import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { ChooseResult, SubmitResult } from './lanes.ts';

/** Repeated transcription of the same audio. Every method is one transaction in the database. */
export type Repeats = {
  /**
   * Adds a copy of a transcription for another engine, in the state CHOOSING. `already`: there is such a copy without
   * an engine.
   */
  copy(
    id: TranscriptionId,
    userId: UserId,
  ): Promise<SubmitResult | { outcome: 'already' } | { outcome: 'unknown' }>;
  /**
   * Chooses an engine as `Lanes.choose` does. Changes nothing when the user has an earlier transcript of the same audio,
   * from this engine and in the same language, and returns that.
   */
  choose(
    id: TranscriptionId,
    userId: UserId,
    engine: EngineId,
  ): Promise<ChooseResult | { readonly outcome: 'repeated'; readonly earlier: Earlier }>;
  /** Completes a transcription with an earlier transcript. Resolves to false when its state no longer allows that. */
  reuse(
    id: TranscriptionId,
    userId: UserId,
    engine: EngineId,
    earlier: Earlier,
    deliveries: readonly Delivery[],
  ): Promise<boolean>;
};

/** An earlier transcript of the same audio, and its transcription. */
export type Earlier = {
  readonly id: TranscriptionId;
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  /** The user's current settings for documents. */
  readonly documents: DocumentChoice;
};
