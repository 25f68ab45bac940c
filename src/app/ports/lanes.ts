import type { Delivery } from '../../domain/delivery.ts';
import type { Cost } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { DabirError } from '../../domain/errors.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Job, Token, Transcription, TranscriptionState, Upload } from '../../domain/transcription.ts';

/** What the person is to be told, and to whom: where a file came from and in which language they read. */
export type Addressee = Pick<
  Transcription,
  'id' | 'chatId' | 'messageId' | 'threadId' | 'statusMessageId' | 'languageCode' | 'announcedSeconds'
>;

/** The per-user lane. Every method is one transaction in the database. */
export type Lanes = {
  /**
   * A file has arrived; the same upload again, and in a group the same recording whoever asks for it, changes nothing and
   * tells what is there. A full lane takes no more.
   */
  submit(upload: Upload): Promise<SubmitResult>;
  setStatusMessage(id: TranscriptionId, messageId: number): Promise<void>;
  /** The same for a message that may have come late: false when the file has another one already, or has ended. */
  offerStatusMessage(id: TranscriptionId, messageId: number): Promise<boolean>;
  /** The person picked an engine: PENDING, and QUEUED at once when the slot is free. */
  choose(id: TranscriptionId, userId: UserId, engine: EngineId): Promise<ChooseResult>;
  /** A worker takes a file; `null` when the token is stale. */
  claim(token: Token, holder: string): Promise<Job | null>;
  /**
   * Gives back what this holder has claimed with a token without hearing of it. Resolves to the token to claim with
   * now; null when it was somebody else, or nobody.
   */
  unclaim(token: Token, holder: string): Promise<Token | null>;
  heartbeat(job: Job, progress?: Progress | null): Promise<{ held: boolean; cancel: boolean }>;
  /** False once its person has cancelled or deleted it; its worker hears the particulars by a heartbeat. */
  isWanted(id: TranscriptionId): Promise<boolean>;
  /**
   * The result, the state, the outbox and the next one's turn, together or not at all. `joined`: it goes into one
   * document with others, so that only the outbox knows what its person is told.
   */
  finish(job: Job, outcome: Outcome): Promise<Finished>;
  /** What a `finish` of this job has done whose answer never came; null when it did nothing. */
  finished(job: Job): Promise<Finished | null>;
  /** Gives the file back to be run again in `backoffMs`; a release (deploy) does not count as an attempt. */
  requeue(
    job: Job,
    reason: { error: DabirError | null; backoffMs: number; counts: boolean },
  ): Promise<{ result: 'requeued' | 'cancelled' | 'lost'; token: Token | null; next: Token | null }>;
  cancel(id: TranscriptionId, userId: UserId): Promise<CancelResult>;
  /**
   * Sets a lane going that hangs: its active file is anybody's again, at once. `state`: what that file was in, null when
   * none was active.
   */
  giveBack(userId: UserId): Promise<{ state: TranscriptionState | null; token: Token | null }>;
  /** A failed file again, last in line: on its engine, or (`choose`) on one that the person will pick. */
  reopen(id: TranscriptionId, userId: UserId, choose: boolean): Promise<ChooseResult>;
  /** Row, text and history go; a worker that is at it finds out within a second. */
  delete(id: TranscriptionId, userId: UserId): Promise<DeleteResult>;
  /** The person's own file; null when there is none with this id, or it is somebody else's. */
  find(id: TranscriptionId, userId: UserId): Promise<Transcription | null>;
  /** Mends what deaths left behind; the tokens to send (again). */
  sweep(): Promise<Token[]>;
  /** The person's files that have not ended, in order, `limit` at most. */
  open(userId: UserId, limit: number): Promise<OpenFile[]>;
  /** Files whose turn has come on this engine, `limit` at most: those who wait for it to be set up. */
  queuedOn(engine: EngineId, limit: number): Promise<Transcription[]>;
  /** Tokens of files that wait for a worker on this engine and are not resting, oldest file first, `limit` at most. */
  queuedTokens(engine: EngineId, limit: number): Promise<Token[]>;
  /** Files whose status message was never sent. */
  takeUnshown(limit: number): Promise<Transcription[]>;
  /** Forgets old history and ends files that nobody chose an engine for; resolves to how many rows that were. */
  prune(limit: number): Promise<number>;
};

/** What came of `finish`; `next`: the person's next file is to be started. */
export type Finished = {
  readonly result: 'committed' | 'cancelled' | 'lost';
  readonly next: Token | null;
  readonly joined: boolean;
};

/** How far the work on a file is: what is done, and how much of that, 0 to 1, where anybody knows. */
export type Progress = Pick<StatusView & { kind: 'processing' }, 'stage' | 'fraction'>;

export type SubmitResult =
  | {
      readonly outcome: 'accepted';
      readonly id: TranscriptionId;
      readonly created: boolean;
      readonly state: TranscriptionState;
      readonly statusMessageId: number | null;
      /** The person's last choice. */
      readonly lastEngine: EngineId | null;
      /** Taken without asking. */
      readonly defaultEngine: EngineId | null;
    }
  | Refusal;

/** Why a lane does not take a file. */
export type Refusal = Full | Spent;

/** So many files, or minutes of audio, wait already. */
type Full = { readonly outcome: 'full'; readonly limit: 'files' | 'minutes'; readonly most: number };

/** The person's minutes are used up, or all but. */
export type Spent = {
  readonly outcome: 'spent';
  readonly period: 'day' | 'month';
  /** So many minutes they have in that time. */
  readonly minutes: number;
  /** When there is room for this file; null: never, it is longer than all of it. */
  readonly again: Date | null;
};

export type ChooseResult =
  | {
      readonly outcome: 'chosen';
      readonly state: TranscriptionState;
      readonly before: number;
      readonly next: Token | null;
    }
  | { readonly outcome: 'already'; readonly state: TranscriptionState }
  | { readonly outcome: 'unknown' };

export type CancelResult =
  | { readonly outcome: 'cancelled'; readonly next: Token | null }
  | { readonly outcome: 'requested' }
  | { readonly outcome: 'ended'; readonly state: TranscriptionState }
  | { readonly outcome: 'unknown' };

export type DeleteResult =
  /** `messageIds`: the messages of its transcript, text and files, that were sent. */
  | {
      readonly outcome: 'deleted';
      readonly messageIds: readonly number[];
      readonly next: Token | null;
    }
  | { readonly outcome: 'unknown' };

export type OpenFile = Transcription & { readonly before: number };

/** How a transcription ends. */
export type Outcome = {
  readonly deliveries: readonly Delivery[];
  /** What it took; null when no engine has heard anything of it. */
  readonly usage: Usage | null;
} & (
  | { readonly state: 'COMPLETED'; readonly transcript: Transcript; readonly durationSeconds: number }
  | { readonly state: 'FAILED'; readonly error: DabirError }
);

/** What a file took: the ground for prices, quotas and the time that is promised. */
export type Usage = {
  readonly engine: EngineId;
  /** Of the whole file. */
  readonly audioSeconds: number;
  /** Of these the seconds that the engine was given in this run. */
  readonly listenedSeconds: number;
  readonly downloadMs: number;
  readonly decodeMs: number;
  readonly listenMs: number;
  /** Of all its parts, in this run and before; null when nobody knows. */
  readonly cost: Cost | null;
};

/** Wake-up calls for workers. `send` may fail: the sweeper sends again. */
export type Tokens = { send(token: Token): Promise<void> };
