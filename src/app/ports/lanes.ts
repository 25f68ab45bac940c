import type { Delivery } from '../../domain/delivery.ts';
import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { Cost } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { DabirError } from '../../domain/errors.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Job, Token, Transcription, TranscriptionState, Upload } from '../../domain/transcription.ts';

/**
 * What the messenger needs of a transcription: its chat, its messages, its user's language, and what its buttons name.
 */
export type Addressee = Pick<
  Transcription,
  | 'id'
  | 'chatId'
  | 'messageId'
  | 'threadId'
  | 'statusMessageId'
  | 'languageCode'
  | 'announcedSeconds'
  | 'engine'
  | 'burstId'
  | 'purpose'
>;

/** The lane of each user. Every method is one transaction in the database. */
export type Lanes = {
  /**
   * Adds an upload to its user's lane, and chooses its engine where there is nothing to ask: it becomes QUEUED when the
   * lane is free, else PENDING. Otherwise it is CHOOSING. A repeated upload (in a group also one of the same audio by
   * another user) changes nothing and returns the existing transcription. A full lane refuses it.
   */
  submit(upload: Upload, wishes?: SubmitOptions): Promise<SubmitResult>;
  /** Sets the status message. The message of its burst never becomes it; resolves to false then. */
  setStatusMessage(id: TranscriptionId, messageId: number): Promise<boolean>;
  /**
   * Sets the status message if there is none, for a message that may have come late. Resolves to false when the
   * transcription has another one or has ended, or the message of its burst speaks for it.
   */
  offerStatusMessage(id: TranscriptionId, messageId: number): Promise<boolean>;
  /** Sets the engine: the transcription becomes QUEUED when the lane is free, else PENDING. */
  choose(id: TranscriptionId, userId: UserId, engine: EngineId): Promise<ChooseResult>;
  /** Claims the transcription of a token for a worker; null when the token is stale. */
  claim(token: Token, holder: string): Promise<Job | null>;
  /**
   * Undoes a claim of this holder whose response was lost. Resolves to the token for a new claim; null when another
   * holder, or none, made the claim.
   */
  unclaim(token: Token, holder: string): Promise<Token | null>;
  heartbeat(job: Job, progress?: JobProgress | null): Promise<{ held: boolean; cancel: boolean }>;
  /**
   * Reads what a worker has to know of a running transcription. `isWanted`: false when its user has cancelled or
   * deleted it; the next heartbeat says which. `isAsking`: its status message offers other engines now.
   * `hasStatusMessage`: false once its status message has become the message of its burst.
   */
  checkJob(
    id: TranscriptionId,
  ): Promise<{ readonly isWanted: boolean; readonly isAsking: boolean; readonly hasStatusMessage: boolean }>;
  /**
   * Has the status message of an active transcription offer other engines for `forMs` (ms), or no longer (null).
   * Resolves to false when it is not active.
   */
  setAsking(id: TranscriptionId, userId: UserId, forMs: number | null): Promise<boolean>;
  /**
   * Commits the result, the state, the deliveries and the promotion of the next transcription in one transaction.
   * `isBundled` means that it goes into one document with others, so only the outbox knows what is sent to the user.
   */
  finish(job: Job, outcome: Outcome): Promise<Finished>;
  /** Returns the outcome of a `finish` of this job whose response was lost; null when it changed nothing. */
  findFinished(job: Job): Promise<Finished | null>;
  /**
   * Requeues the transcription, to be run again in `backoffMs`. A release at a shutdown does not count as an attempt.
   * When its user has cancelled it, it ends, and `usage` of the job is recorded.
   */
  requeue(
    job: Job,
    reason: { error: DabirError | null; backoffMs: number; countsAsAttempt: boolean; usage?: Usage | null },
  ): Promise<{ result: 'requeued' | 'cancelled' | 'lost'; token: Token | null; next: Token | null }>;
  cancel(id: TranscriptionId, userId: UserId): Promise<CancelResult>;
  /**
   * Frees a lane that hangs: its active transcription can be claimed again at once. `state` is that transcription's
   * state, null when none was active.
   */
  forceRelease(userId: UserId): Promise<{ state: TranscriptionState | null; token: Token | null }>;
  /**
   * Reopens a transcription at the end of the lane: a failed one on its own engine, or, with `choose`, a failed or
   * pending one on an engine that the user picks.
   */
  reopen(id: TranscriptionId, userId: UserId, choose: boolean): Promise<ChooseResult>;
  /** Deletes a transcription with its text and history; a worker that has claimed it notices within a second. */
  delete(id: TranscriptionId, userId: UserId): Promise<DeleteResult>;
  /** Returns the user's own transcription; null when there is none with this id, or it belongs to another user. */
  find(id: TranscriptionId, userId: UserId): Promise<Transcription | null>;
  /** Returns the final status of a transcription that has ended or was deleted; null while it is open. */
  findEnding(id: TranscriptionId): Promise<Ending | null>;
  /** Repairs what lost workers left behind. Resolves to the tokens to send (again). */
  sweep(): Promise<Token[]>;
  /** Returns the user's transcriptions that have not ended, in order, at most `limit`. */
  listOpen(userId: UserId, limit: number): Promise<OpenTranscription[]>;
  /** Returns the due transcriptions of this engine, which wait until it is ready, at most `limit`. */
  listQueued(engine: EngineId, limit: number): Promise<Transcription[]>;
  /**
   * Returns tokens of transcriptions that wait for a worker on this engine and are not resting, oldest first, at most
   * `limit`.
   */
  listQueuedTokens(engine: EngineId, limit: number): Promise<Token[]>;
  /** Leases transcriptions whose picker was never sent. */
  leaseUnshown(limit: number): Promise<Transcription[]>;
  /** Deletes old history and ends transcriptions for which no engine was chosen. Resolves to the number of rows. */
  prune(limit: number): Promise<number>;
};

/**
 * The final status of a transcription, and whether its message has shown it. `messageId`: its status message; absent
 * when the transcription was deleted.
 */
export type Ending = {
  readonly view: StatusView;
  readonly isShown: boolean;
  readonly messageId?: number | null;
};

/** Outcome of `finish`; `next` is the token of the user's next transcription. */
export type Finished = {
  readonly result: 'committed' | 'cancelled' | 'lost';
  readonly next: Token | null;
  readonly isBundled: boolean;
  /** Absent for a transcription that came alone. */
  readonly burst?: {
    /** Its own status message; null while the burst's message speaks for it. */
    readonly statusMessageId: number | null;
    /** True when others of the burst are open or one document follows, so that this end makes no sound. */
    readonly hasMore: boolean;
  };
};

/** Progress of a job: its stage, and the fraction of the stage that is done (0 to 1), where known. */
export type JobProgress = Pick<StatusView & { kind: 'processing' }, 'stage' | 'fraction'>;

export type SubmitOptions = {
  /** Engines that take jobs now. Without, the transcription is CHOOSING. */
  readonly engines?: readonly EngineId[];
};

export type SubmitResult =
  | {
      readonly outcome: 'accepted';
      readonly id: TranscriptionId;
      readonly created: boolean;
      readonly state: TranscriptionState;
      readonly statusMessageId: number | null;
      /** Time since the user's transcription before this one, in ms; null for the first, and for a copy. */
      readonly msSincePrevious: number | null;
      /** What became of the engine that starts without a question; null when the user has to choose one. */
      readonly choice:
        | (LaneEntry & { readonly engine: EngineId })
        | (EarlierFound & { readonly engine: EngineId })
        | null;
      /** The engine that the user chose last. */
      readonly lastEngine: EngineId | null;
      /** The user's default engine, which is used without asking. */
      readonly defaultEngine: EngineId | null;
    }
  | Refusal;

/** Reason why a lane refuses an upload. */
export type Refusal = Full | Spent;

/** The maximum number of open files, or of minutes of open audio, is reached. */
type Full = { readonly outcome: 'full'; readonly limit: 'files' | 'minutes'; readonly max: number };

/** The user's minutes are used up, or too few are left. */
export type Spent = {
  readonly outcome: 'spent';
  readonly period: 'day' | 'month';
  /** The user's minutes in this period. */
  readonly minutes: number;
  /** Date from which on this upload fits; null: never, because it is longer than the whole limit. */
  readonly again: Date | null;
};

/** The transcription has entered its lane. */
export type LaneEntry = {
  readonly outcome: 'chosen';
  readonly state: TranscriptionState;
  readonly before: number;
  readonly next: Token | null;
};

/** The user has an earlier transcript of the same audio, from the same engine and in the same language. */
export type EarlierFound = { readonly outcome: 'earlier'; readonly earlier: EarlierTranscript };

/** An earlier transcript of the same audio, and its transcription. */
export type EarlierTranscript = {
  readonly id: TranscriptionId;
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  /** The user's current settings for documents. */
  readonly documents: DocumentChoice;
};

export type ChooseResult =
  | LaneEntry
  | { readonly outcome: 'already'; readonly state: TranscriptionState }
  | { readonly outcome: 'unknown' };

export type CancelResult =
  | { readonly outcome: 'cancelled'; readonly next: Token | null }
  | { readonly outcome: 'requested' }
  | { readonly outcome: 'ended'; readonly state: TranscriptionState }
  | { readonly outcome: 'unknown' };

export type DeleteResult =
  /**
   * `messageIds`: the messages with its text and documents that were sent. `renews`: a document of it and others is
   * written again without it.
   */
  | {
      readonly outcome: 'deleted';
      readonly messageIds: readonly number[];
      readonly renews: boolean;
      readonly next: Token | null;
    }
  | { readonly outcome: 'unknown' };

export type OpenTranscription = Transcription & { readonly before: number };

/** Outcome of a job. */
export type Outcome = {
  readonly deliveries: readonly Delivery[];
  /** Usage of the job; null when no audio was sent to an engine. */
  readonly usage: Usage | null;
} & (
  | { readonly state: 'COMPLETED'; readonly transcript: Transcript; readonly durationSeconds: number }
  | { readonly state: 'FAILED'; readonly error: DabirError }
);

/** Usage of a job: the basis of costs, quotas and estimated times. */
export type Usage = {
  readonly engine: EngineId;
  /** Length of the whole audio, in seconds. */
  readonly audioSeconds: number;
  /** Seconds of audio that were sent to the engine in this job. */
  readonly sentSeconds: number;
  readonly downloadMs: number;
  readonly decodeMs: number;
  readonly transcribeMs: number;
  /** Cost of all chunks, in this job and earlier ones; null when unknown. */
  readonly cost: Cost | null;
};
