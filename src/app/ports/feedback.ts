import type { TranscriptionId, UserId } from '../../domain/ids.ts';

/** Ratings of transcripts by their users. */
export type Feedback = {
  /** Stores a rating; the last one counts. Resolves to false when the user has no such transcript. */
  give(id: TranscriptionId, userId: UserId, good: boolean): Promise<boolean>;
};
