import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { SubmitResult } from './lanes.ts';

/** Copies of transcriptions: the same upload, for another engine or language. */
export type Copies = {
  /**
   * Adds a copy of a transcription, in the state CHOOSING, in one transaction. `already`: there is such a copy without
   * an engine.
   * @param language of the copy, ISO 639-1; that of the transcription when omitted
   */
  create(
    id: TranscriptionId,
    userId: UserId,
    language?: string,
  ): Promise<SubmitResult | { outcome: 'already' } | { outcome: 'unknown' }>;
  /** Returns the transcription of which this one is a copy, while it is waiting or running; null otherwise. */
  findOpenOriginal(id: TranscriptionId, userId: UserId): Promise<Transcription | null>;
};
