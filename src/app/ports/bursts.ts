import type { BurstCounts, BurstId } from '../../domain/burst.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Token, Transcription } from '../../domain/transcription.ts';
import type { JobProgress } from './lanes.ts';
import type { StoredTranscript } from './transcripts.ts';

/** The part of bursts that the arrival of an upload needs. */
export type BurstIntake = {
  /**
   * Puts a new upload from a private chat into a burst with the one before it. Resolves to the burst whose message
   * speaks for the upload, else null.
   * @param msSincePrevious time since the user's upload before it, in ms; null for the first
   */
  add(id: TranscriptionId, userId: UserId, msSincePrevious: number | null): Promise<BurstId | null>;
};

/** The transcripts of a bundle, for its delivery. */
export type BundledTranscripts = {
  /** Returns the transcripts of a bundle, in the order in which the uploads were sent. */
  listTranscripts(burst: BurstId): Promise<readonly BundledTranscript[]>;
};

/** One upload of a bundle. */
export type BundledTranscript = {
  readonly transcription: Transcription;
  readonly stored: StoredTranscript;
  /** Name of the original sender. */
  readonly senderName: string;
};

/** The right to update the message of a burst, for half a minute. */
export type BurstLease = { readonly id: BurstId; readonly leasedUntil: string };

/** A burst as its message shows it. */
export type Burst = {
  readonly id: BurstId;
  readonly userId: UserId;
  /** Null before the message is sent, and after the user has deleted it. */
  readonly messageId: number | null;
  /** SEPARATE: its files have their own messages. BUNDLING: they become one document. BUNDLED: the document is written. */
  readonly state: 'TOGETHER' | 'SEPARATE' | 'BUNDLING' | 'BUNDLED';
  /** True when a message was shown. */
  readonly isShown: boolean;
  /** Digest of what the message shows; null before it was updated. */
  readonly shown: string | null;
  readonly lastEngine: EngineId | null;
  /** True when the user wants to be offered one document. */
  readonly offersBundles: boolean;
  readonly counts: BurstCounts;
  /** Announced length of the files without an engine, in seconds; null when unknown. */
  readonly seconds: number | null;
  /** The first file, to which the message replies; null when all files were deleted. */
  readonly first: Transcription | null;
  /** The file in the lane's slot; null when none of the burst is in it. */
  readonly active: {
    readonly engine: EngineId;
    readonly isRunning: boolean;
    readonly progress: JobProgress | null;
  } | null;
};

/** Outcome of choosing an engine for all files of a burst; those in `reusable` still need their earlier transcripts. */
export type BurstChoice =
  | { readonly outcome: 'chosen'; readonly next: Token | null; readonly reusable: readonly Transcription[] }
  | { readonly outcome: 'already' | 'unknown' };

/** The bursts. Every method is one transaction. */
export type Bursts = BurstIntake &
  BundledTranscripts & {
    /** Leases bursts whose messages are out of date. */
    leaseDue(limit: number): Promise<readonly BurstLease[]>;
    /** Leases this burst of the user, whether or not its message is out of date; null when there is none. */
    lease(id: BurstId, userId: UserId): Promise<BurstLease | null>;
    read(id: BurstId): Promise<Burst | null>;
    /**
     * Records that the message is up to date. A change since the lease makes it due again.
     * @param messageId the message; null when the user has deleted it
     * @param continues true when the message has to be updated again soon, also without a change
     */
    recordShown(
      lease: BurstLease,
      messageId: number | null,
      shown: string | null,
      continues: boolean,
    ): Promise<void>;
    /** Makes the update of a leased burst due again soon, after a failure that may pass. */
    postpone(lease: BurstLease): Promise<void>;
    /** Deletes a burst without files. */
    remove(id: BurstId): Promise<void>;
    /** Gives all files without an engine this one. */
    choose(id: BurstId, userId: UserId, engine: EngineId): Promise<BurstChoice>;
    /** Cancels all open files; null when the user has no such burst. */
    cancel(
      id: BurstId,
      userId: UserId,
    ): Promise<{ readonly ended: number; readonly requested: number; readonly next: Token | null } | null>;
    /**
     * Ends the message, because each file without an engine gets a picker of its own; null when the decision was made
     * before. The first of `files` may have the message as its status message.
     */
    separate(
      id: BurstId,
      userId: UserId,
    ): Promise<{ readonly messageId: number | null; readonly files: readonly Transcription[] } | null>;
    /** Makes one document of the files. Resolves to false when the decision was made before. */
    bundle(id: BurstId, userId: UserId): Promise<boolean>;
  };
