import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { FileFilter } from './file-ports.ts';

export const bulkActions = ['cancel', 'retry'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** A change of all transcriptions that matched a filter when the admin asked for it. */
export type BulkChange = {
  readonly id: number;
  readonly action: BulkAction;
  readonly filter: FileFilter;
  readonly madeBy: UserId;
  readonly createdAt: Date;
  /** Start of the change; nothing happens before. */
  readonly startsAt: Date;
  readonly state: 'OPEN' | 'DONE' | 'STOPPED';
  /** Number of transcriptions that the admin was shown. */
  readonly expected: number;
  /** Number of transcriptions that were changed, and number whose state no longer allowed the change. */
  readonly done: number;
  readonly skipped: number;
};

/** A bulk change that a process has taken. */
export type TakenBulkChange = BulkChange & {
  readonly holder: string;
  /** The place at which to continue. */
  readonly place: BulkPlace;
};

/** The current step, and the last transcription that was processed in it; null before the first. */
export type BulkPlace = { readonly step: number; readonly cursor: TranscriptionId | null };

/** Bulk changes in the database. Any bot carries them out; when it dies, another one continues. */
export type BulkChanges = {
  /** Counts the transcriptions that would change. `isMore` is true when there are more than the count's limit. */
  count(action: BulkAction, filter: FileFilter): Promise<{ count: number; isMore: boolean }>;
  /**
   * Adds a change that begins after a delay.
   * @param delayMs in ms
   * @returns its id
   */
  add(
    action: BulkAction,
    filter: FileFilter,
    madeBy: UserId,
    expected: number,
    delayMs: number,
  ): Promise<number>;
  find(id: number): Promise<BulkChange | null>;
  /** Returns the changes that have not ended, the latest first. */
  listUnended(): Promise<BulkChange[]>;
  /** Stops a change. Resolves to false when it had ended before. */
  stop(id: number): Promise<boolean>;
  /** Takes the next change that is due and that no process holds. */
  lease(holder: string, taskLeaseMs: number): Promise<TakenBulkChange | null>;
  /** Returns the next transcriptions, at most `limit`, and the place after them; null at the end. */
  next(
    change: TakenBulkChange,
    place: BulkPlace,
    limit: number,
  ): Promise<{ files: Transcription[]; place: BulkPlace | null }>;
  /** Stores the progress. Resolves to false when the change was stopped, or another process has taken it over. */
  saveProgress(
    change: TakenBulkChange,
    place: BulkPlace,
    counts: { done: number; skipped: number },
    taskLeaseMs: number,
  ): Promise<boolean>;
  finish(change: TakenBulkChange): Promise<void>;
  /** Releases the lease for another process. */
  release(change: TakenBulkChange): Promise<void>;
};
