import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { FileFilter } from './ports.ts';

export const bulkActions = ['cancel', 'retry'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** Something that is done with all files of a filter that were there when it was asked for. */
export type BulkChange = {
  readonly id: number;
  readonly action: BulkAction;
  readonly filter: FileFilter;
  readonly madeBy: UserId;
  readonly createdAt: Date;
  /** Nothing happens before. */
  readonly startsAt: Date;
  readonly state: 'OPEN' | 'DONE' | 'STOPPED';
  /** How many files the admin was shown. */
  readonly expected: number;
  /** Files that were changed, and files that had moved on meanwhile. */
  readonly done: number;
  readonly skipped: number;
};

/** A change in the hands of one process. */
export type TakenBulkChange = BulkChange & {
  readonly holder: string;
  /** Where it goes on. */
  readonly place: BulkPlace;
};

/** The step a change is at, and the last file of it that was looked at; null before the first. */
export type BulkPlace = { readonly step: number; readonly cursor: TranscriptionId | null };

/** Changes of many files, kept in the database: any bot carries them out, and another goes on where one died. */
export type BulkChanges = {
  /** Counts the files that it would change; `isMore` when there are more than are counted. */
  count(action: BulkAction, filter: FileFilter): Promise<{ count: number; isMore: boolean }>;
  /** @param delayMs until it begins; @returns its number */
  add(
    action: BulkAction,
    filter: FileFilter,
    madeBy: UserId,
    expected: number,
    delayMs: number,
  ): Promise<number>;
  find(id: number): Promise<BulkChange | null>;
  /** Those that have not ended, the latest first. */
  open(): Promise<BulkChange[]>;
  /** Resolves to false when it had ended before. */
  stop(id: number): Promise<boolean>;
  /** The next one that is due and in nobody's hands. */
  take(holder: string, leaseMs: number): Promise<TakenBulkChange | null>;
  /** Its next files, `limit` at most, and where it goes on after them; `place` is null at its end. */
  next(
    change: TakenBulkChange,
    place: BulkPlace,
    limit: number,
  ): Promise<{ files: Transcription[]; place: BulkPlace | null }>;
  /** Writes down how far it is. Resolves to false when it was stopped, or is in other hands by now. */
  mark(
    change: TakenBulkChange,
    place: BulkPlace,
    counts: { done: number; skipped: number },
    leaseMs: number,
  ): Promise<boolean>;
  finish(change: TakenBulkChange): Promise<void>;
  /** Leaves it to another process. */
  release(change: TakenBulkChange): Promise<void>;
};
