import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { MediaKind, Transcription, TranscriptionState } from '../../domain/transcription.ts';

/** Sign-in links and signed-in browsers. Keys are passed as hashes. */
export type SignIns = {
  addLink(linkHash: string, userId: UserId, validMs: number): Promise<void>;
  /** Uses a link up. Resolves to its user; null when the link does not exist or is no longer valid. */
  redeemLink(linkHash: string): Promise<UserId | null>;
  createSession(session: {
    keyHash: string;
    formKey: string;
    userId: UserId;
    address: string;
  }): Promise<void>;
  /** Returns the session of a key and records the time and the address; null when there is no valid one. */
  find(keyHash: string, address: string): Promise<Session | null>;
  /** Changes the key of a session; the old key stays valid for a moment. */
  changeKey(id: number, keyHash: string): Promise<void>;
  /** Returns whether the session is still valid. Does not count as a use of it. */
  isValid(id: number): Promise<boolean>;
  endSession(id: number): Promise<void>;
  /** Ends all sessions of a user. Resolves to their number. */
  endAllSessions(userId: UserId): Promise<number>;
  /** Ends a session of this user, or with null of any user. Resolves to its user; null when there is none. */
  endOneSession(id: number, userId: UserId | null): Promise<UserId | null>;
  /** Returns the sessions of this user, or with null of all users, the latest used first, at most 200. */
  list(userId: UserId | null): Promise<SessionRow[]>;
  /** Deletes expired links and sessions. */
  prune(): Promise<void>;
};

export type Session = {
  readonly id: number;
  readonly userId: UserId;
  readonly formKey: string;
  /** True when its key should be changed now. */
  readonly isDue: boolean;
};

/** A browser in which a user is signed in. */
export type SessionRow = {
  readonly id: number;
  readonly userId: UserId;
  readonly userName: string;
  readonly since: Date;
  readonly seenAt: Date;
  /** Last address from which it was used; null: used by an earlier release. */
  readonly address: string | null;
};

/** Filter for transcriptions. */
export type FileFilter = {
  /** State; `OPEN`: all states that have not ended. */
  readonly state: TranscriptionState | 'OPEN' | null;
  readonly engine: EngineId | null;
  readonly kind: MediaKind | null;
  /** A number (of a transcription or a user), an @name, or a part of a name; empty: all transcriptions. */
  readonly search: string;
};

/** A transcription in the list of the admin page. */
export type FileRow = {
  readonly id: TranscriptionId;
  readonly userId: UserId;
  readonly userName: string;
  readonly username: string | null;
  readonly kind: MediaKind;
  readonly fileName: string | null;
  /** Length of the audio, as decoded, else as announced. */
  readonly seconds: number | null;
  readonly engine: string | null;
  readonly state: TranscriptionState;
  readonly stage: string | null;
  readonly fraction: number | null;
  readonly createdAt: Date;
  /** Seconds from its arrival to the start of the job, or until now. */
  readonly waitedSeconds: number | null;
  /** True while its job has not begun: `waitedSeconds` grows with time. */
  readonly waits: boolean;
  readonly cost: number | null;
  readonly currency: string | null;
  readonly errorCode: string | null;
};

export type FilePage = {
  readonly rows: readonly FileRow[];
  /** Id before which the next page begins; null at the end. */
  readonly next: TranscriptionId | null;
};

/** History of a transcription, as far as it is known, without its text. */
export type FileStory = {
  /** Changes of its state, the oldest first; of very many only the latest. */
  readonly changes: readonly StateChange[];
  /** Deliveries of its answer, in the order of sending. */
  readonly messages: readonly {
    readonly kind: string;
    readonly part: number;
    readonly sentAt: Date | null;
  }[];
  /** Progress of the sending; null when nothing is left to send and nothing failed. */
  readonly delivery: Unsent | null;
  readonly error: {
    readonly code: string;
    readonly details: Readonly<Record<string, unknown>>;
  } | null;
  /** Usage of the job, where an engine received audio. */
  readonly usage: {
    readonly audioSeconds: number;
    readonly downloadMs: number;
    readonly decodeMs: number;
    readonly transcribeMs: number;
    readonly cost: number | null;
    readonly currency: string | null;
  } | null;
  /** Number of this user's transcriptions that come first; null when it does not wait. */
  readonly before: number | null;
};

export type StateChange = {
  readonly at: Date;
  readonly to: TranscriptionState;
  /** The process that claimed it. */
  readonly holder: string | null;
  /** Error of the attempt that ended with this change. */
  readonly errorCode: string | null;
};

/** Progress of the sending of an answer. */
export type Unsent = {
  /** Time since when it is unsent; null when unknown (written by an earlier release). */
  readonly since: Date | null;
  readonly attempts: number;
  /** Time of the next attempt; null: given up. */
  readonly nextAt: Date | null;
  readonly error: string | null;
};

/** A transcription whose answer was not sent. */
export type UnsentAnswer = Unsent & {
  readonly id: TranscriptionId;
  readonly userId: UserId;
  readonly userName: string;
  readonly state: TranscriptionState;
};

/** The outbox, for admins. */
export type UnsentAnswers = {
  /**
   * Returns answers that have been unsent for a while, the oldest first, and those given up, the latest first; `limit`
   * of each.
   */
  list(limit: number): Promise<UnsentAnswer[]>;
  /** Sends an answer at once, by a worker. Resolves to false when it is being sent, or is due within seconds. */
  retry(id: TranscriptionId): Promise<boolean>;
};

/** All transcriptions, for admins. */
export type Files = {
  /**
   * Returns the newest transcriptions first, beginning at `before`. The cost does not depend on their number, so a page
   * with a rare filter may have few rows or none and still a `next`.
   */
  list(filter: FileFilter, before: TranscriptionId | null, limit: number): Promise<FilePage>;
  /** Returns the history of a transcription; null when there is none with this id. */
  story(id: TranscriptionId): Promise<FileStory | null>;
  /** Returns any user's transcription. */
  find(id: TranscriptionId): Promise<Transcription | null>;
};
