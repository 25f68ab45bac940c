import type { Delivery } from '../domain/delivery.ts';
import type { DocumentChoice } from '../domain/document-choice.ts';
import type { EngineId } from '../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../domain/ids.ts';
import type { Transcript } from '../domain/transcript.ts';
import type { SubmitResult } from './ports/lanes.ts';

/** The same recording once more. Every method is one transaction in the database. */
export type Repeats = {
  /**
   * A file of its own for another engine to hear what this one heard; it waits for an engine to be picked. `already`:
   * there is one that waits for that.
   */
  copy(
    id: TranscriptionId,
    userId: UserId,
  ): Promise<SubmitResult | { outcome: 'already' } | { outcome: 'unknown' }>;
  /** What this person has had of the recording of this file, from this engine, in the same language; else null. */
  earlier(id: TranscriptionId, userId: UserId, engine: EngineId): Promise<Earlier | null>;
  /** The file is done by what was heard earlier; false when it no longer waits for that. */
  reuse(
    id: TranscriptionId,
    userId: UserId,
    engine: EngineId,
    earlier: Earlier,
    deliveries: readonly Delivery[],
  ): Promise<boolean>;
};

/** What was heard of a recording before, and in which file. */
export type Earlier = {
  readonly id: TranscriptionId;
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  /** What the person wants the files of the new one to be like. */
  readonly documents: DocumentChoice;
};
