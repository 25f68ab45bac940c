import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { MediaKind, Transcription, TranscriptionState } from '../../domain/transcription.ts';

/** Links to sign in with, and the browsers that are. Keys come as hashes. */
export type SignIns = {
  addLink(linkHash: string, userId: UserId, validMs: number): Promise<void>;
  /** Uses the link up; null when there is none such, any more. */
  takeLink(linkHash: string): Promise<UserId | null>;
  open(session: { keyHash: string; formKey: string; userId: UserId; address: string }): Promise<void>;
  /** The session that this key opens, seen now at this address; null when there is none, any more. */
  find(keyHash: string, address: string): Promise<Session | null>;
  /** From now on another key opens it; the old one for a moment. */
  changeKey(id: number, keyHash: string): Promise<void>;
  /** Whether the session is still open. Does not count as a use of it. */
  isOpen(id: number): Promise<boolean>;
  close(id: number): Promise<void>;
  /** Everywhere. Resolves to how many sessions that were. */
  closeAll(userId: UserId): Promise<number>;
  /** Closes a session of this person's, or with null of anybody's; resolves to whose it was, null when there is none. */
  closeOne(id: number, userId: UserId | null): Promise<UserId | null>;
  /** Everybody who is signed in, or this person alone, whoever was seen last first; 200 at most. */
  list(userId: UserId | null): Promise<SessionRow[]>;
  /** Forgets links and sessions that are out of date. */
  prune(): Promise<void>;
};

export type Session = {
  readonly id: number;
  readonly userId: UserId;
  readonly formKey: string;
  /** True when its key should be changed now. */
  readonly isDue: boolean;
};

/** A browser in which somebody is signed in. */
export type SessionRow = {
  readonly id: number;
  readonly userId: UserId;
  readonly userName: string;
  readonly since: Date;
  readonly seenAt: Date;
  /** Where it was used last; null: by an earlier release. */
  readonly address: string | null;
};

/** What an admin looks for among the files. */
export type FileFilter = {
  /** `OPEN`: whatever has not ended. */
  readonly state: TranscriptionState | 'OPEN' | null;
  readonly engine: EngineId | null;
  readonly kind: MediaKind | null;
  /** A number (of a file or a person), an @name, or a part of a name; empty: everything. */
  readonly search: string;
};

/** A file as the admin page lists it. */
export type FileRow = {
  readonly id: TranscriptionId;
  readonly userId: UserId;
  readonly userName: string;
  readonly username: string | null;
  readonly kind: MediaKind;
  readonly fileName: string | null;
  /** Of the audio: as heard, else as announced. */
  readonly seconds: number | null;
  readonly engine: string | null;
  readonly state: TranscriptionState;
  readonly stage: string | null;
  readonly fraction: number | null;
  readonly createdAt: Date;
  /** From its arrival to the start of the work, or until now. */
  readonly waitedSeconds: number | null;
  /** Its work has not begun: `waitedSeconds` grows with time. */
  readonly waits: boolean;
  readonly cost: number | null;
  readonly currency: string | null;
  readonly errorCode: string | null;
};

export type FilePage = {
  readonly rows: readonly FileRow[];
  /** Where the next page begins: files before this one; null at the end. */
  readonly next: TranscriptionId | null;
};

/** What has happened to one file, as far as it is known; nothing of what was said. */
export type FileStory = {
  /** Every change of its state, the oldest first; of very many the latest. */
  readonly changes: readonly StateChange[];
  /** The messages of its answer, in the order in which they are sent. */
  readonly messages: readonly {
    readonly kind: string;
    readonly part: number;
    readonly sentAt: Date | null;
  }[];
  /** How far the sending is; null when nothing is left to send and nothing failed. */
  readonly delivery: Unsent | null;
  readonly error: {
    readonly code: string;
    readonly details: Readonly<Record<string, unknown>>;
  } | null;
  /** What it took, where an engine has heard it. */
  readonly usage: {
    readonly audioSeconds: number;
    readonly downloadMs: number;
    readonly decodeMs: number;
    readonly listenMs: number;
    readonly cost: number | null;
    readonly currency: string | null;
  } | null;
  /** Files of the same person that come before it; null when it does not wait. */
  readonly before: number | null;
};

export type StateChange = {
  readonly at: Date;
  readonly to: TranscriptionState;
  /** The process that began to work on it. */
  readonly holder: string | null;
  /** Why the attempt failed that ended here. */
  readonly errorCode: string | null;
};

/** How far the sending of an answer is. */
export type Unsent = {
  /** Null when it is not known: written by an earlier release. */
  readonly since: Date | null;
  readonly attempts: number;
  /** When it is tried again; null: it was given up. */
  readonly nextAt: Date | null;
  readonly error: string | null;
};

/** A file whose answer has not gone out. */
export type UnsentAnswer = Unsent & {
  readonly id: TranscriptionId;
  readonly userId: UserId;
  readonly userName: string;
  readonly state: TranscriptionState;
};

/** The outbox as admins see it. */
export type UnsentAnswers = {
  /** Returns what has been unsent for a while, the oldest first, and what was given up, the latest first; `limit` of each. */
  list(limit: number): Promise<UnsentAnswer[]>;
  /** Has an answer sent at once. Resolves to false when it is being sent just now, or is due within seconds. */
  retry(id: TranscriptionId): Promise<boolean>;
};

/** All files, for admins. */
export type Files = {
  /**
   * The newest files first, from `before` on. What it costs does not grow with their number: a page of a rare kind may
   * hold few or none and still have a `next`.
   */
  list(filter: FileFilter, before: TranscriptionId | null, limit: number): Promise<FilePage>;
  /** Null when there is no such file. */
  story(id: TranscriptionId): Promise<FileStory | null>;
  /** Whosever it is. */
  find(id: TranscriptionId): Promise<Transcription | null>;
};

/** Somebody as the admin page lists them. */
export type PersonRow = {
  readonly id: UserId;
  readonly name: string;
  readonly username: string | null;
  readonly isAdmin: boolean;
  readonly isBlocked: boolean;
  readonly seenAt: Date;
  /** Their files that have not ended. */
  readonly open: number;
};

/** Where a page of people begins: after whoever was here at this moment, ISO 8601. */
export type PeopleCursor = { readonly seenAt: string; readonly id: UserId };

export type PeoplePage = { readonly rows: readonly PersonRow[]; readonly next: PeopleCursor | null };

/** Everybody, for admins. */
export type People = {
  /**
   * Whoever was here last first.
   * @param search a number, an @name, or a part of a name; empty: everybody
   */
  list(search: string, before: PeopleCursor | null, limit: number): Promise<PeoplePage>;
};
