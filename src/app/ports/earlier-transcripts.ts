import type { Delivery } from '../../domain/delivery.ts';
import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { ChooseResult } from './lanes.ts';

/** A user's earlier transcript of the same audio, and its transcription. */
export type EarlierTranscript = {
  readonly id: TranscriptionId;
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  /** The user's current settings for documents. */
  readonly documents: DocumentChoice;
};

/** Reuse of a user's earlier transcripts. Each method is one transaction in the database. */
export type EarlierTranscripts = {
  /**
   * Chooses an engine as `Lanes.choose` does. Changes nothing when the user has an earlier transcript of the same audio,
   * from this engine and in the same language, and returns that.
   */
  chooseOrFind(
    id: TranscriptionId,
    userId: UserId,
    engine: EngineId,
  ): Promise<ChooseResult | { readonly outcome: 'earlier'; readonly earlier: EarlierTranscript }>;
  /** Completes a transcription with an earlier transcript. Resolves to false when its state no longer allows that. */
  reuse(
    id: TranscriptionId,
    userId: UserId,
    engine: EngineId,
    earlier: EarlierTranscript,
    deliveries: readonly Delivery[],
  ): Promise<boolean>;
};
