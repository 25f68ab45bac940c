import type { TranscriptionId } from '../../domain/ids.ts';
import type { Spent } from './lanes.ts';

/** Checks against the users' quotas. */
export type Quotas = {
  /**
   * Returns null when this many seconds of a transcription fit into the rest of its user's quota. What the
   * transcription itself used before does not count.
   */
  refusal(id: TranscriptionId, seconds: number): Promise<Spent | null>;
};
