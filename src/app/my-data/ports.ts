import type { ChatId, TranscriptionId, UserId } from '../../domain/ids.ts';

/** What is kept of a person, in numbers. */
export type Belongings = {
  readonly transcripts: number;
  /** Of all of these together. */
  readonly seconds: number;
  /** When the oldest of them was sent; null when there are none. */
  readonly oldest: Date | null;
  readonly glossary: number;
};

/** What is kept of people, and for how long. */
export type Keeping = {
  belongings(userId: UserId): Promise<Belongings>;
  /** For how long they want their history kept, in hours; 0: until they delete it, null: as the operator says. */
  keepHours(userId: UserId): Promise<number | null>;
  /** Also of what is there already. */
  setKeepHours(userId: UserId, hours: number | null): Promise<void>;
  /**
   * Deletes what has been kept for long enough; resolves to how many rows that were.
   * @param defaultMs for whoever has not chosen; null: for ever
   */
  prune(limit: number, defaultMs: number | null): Promise<number>;
};

/** People who want everything of theirs deleted. */
export type Forgetting = {
  /** They are asked for the word. */
  ask(userId: UserId): Promise<void>;
  /** They have changed their mind. */
  withdraw(userId: UserId): Promise<void>;
  /**
   * They have written the word: from now on a worker does it. False when nobody asked for it, or too long ago, or it has
   * begun already.
   */
  begin(userId: UserId, languageCode: string | null, validMs: number): Promise<boolean>;
  setMessage(userId: UserId, messageId: number): Promise<void>;
  /** Somebody whom no worker is at, for `leaseMs`; null when there is nobody. */
  take(leaseMs: number): Promise<Forgotten | null>;
  /** Still at it, with so many more files gone. */
  keep(userId: UserId, files: number, leaseMs: number): Promise<void>;
  /** Their next files, with every message about each. */
  files(userId: UserId, limit: number): Promise<ForgottenFile[]>;
  /** What they have beside files; `left`: there is more. `stays`: of who has a block or a quota something has to. */
  account(userId: UserId, limit: number): Promise<{ readonly left: boolean; readonly stays: boolean }>;
  done(userId: UserId): Promise<void>;
  /** Deletes what had to stay for a while only; resolves to how many that were. */
  prune(limit: number): Promise<number>;
};

/** Somebody who is being forgotten. */
export type Forgotten = {
  readonly userId: UserId;
  readonly languageCode: string | null;
  /** The message that tells how it goes; null when it could not be sent. */
  readonly messageId: number | null;
  /** So many files have gone before. */
  readonly files: number;
};

export type ForgottenFile = {
  readonly id: TranscriptionId;
  readonly chatId: ChatId;
  readonly messageIds: readonly number[];
};

/** What a person is told while their data is at work. Rejects with a DeliveryError. */
export type DataMessages = {
  /** In the place of an earlier message where there is one, else as a new one. */
  tell(
    to: { readonly userId: UserId; readonly languageCode: string | null; readonly messageId: number | null },
    text: DataText,
  ): Promise<void>;
};

export type DataText =
  | { readonly kind: 'forgotten'; readonly files: number; readonly stays: boolean }
  | { readonly kind: 'exporting'; readonly done: number; readonly total: number }
  | { readonly kind: 'exported'; readonly archives: number }
  | { readonly kind: 'export-failed' };
