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
  /** A message that holds their words, and belongs to no file, was sent into their private chat. */
  noteMessage(userId: UserId, messageId: number): Promise<void>;
  /** Those messages, as far as Telegram would still delete them. */
  messages(userId: UserId): Promise<number[]>;
  messagesGone(userId: UserId, messageIds: readonly number[]): Promise<void>;
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
  /** An archive from the disk. @param part counts from 1; null: there is only this one */
  sendArchive(
    to: Pick<ExportJob, 'userId' | 'languageCode'>,
    path: string,
    part: number | null,
  ): Promise<void>;
};

/** Everything of a person as files. */
export type Exports = {
  /** A worker makes them. False when that is under way already. */
  begin(userId: UserId, messageId: number, documents: boolean): Promise<boolean>;
  /** One that no worker is at, for `leaseMs`; null when there is none. */
  take(leaseMs: number): Promise<ExportJob | null>;
  /** Still at it, until then; false when there is nothing to do any more: the person wanted to be forgotten. */
  keep(userId: UserId, leaseMs: number): Promise<boolean>;
  /** An archive was sent, with everything up to this place in the order. */
  sent(userId: UserId, lastSeq: number): Promise<void>;
  done(userId: UserId): Promise<void>;
  /** What the tables hold of a person beside their files: names of entries, and rows in lots. */
  ofAccount(userId: UserId): AsyncIterable<ExportedRows>;
  /** Their next files, in the order in which they came (`transcription.seq`). */
  files(
    userId: UserId,
    after: number,
    limit: number,
  ): Promise<{ readonly id: TranscriptionId; readonly seq: number }[]>;
  /** So many of their files come after this one. */
  count(userId: UserId, after: number): Promise<number>;
  /** What the tables hold of one of their files, by table. */
  ofFile(id: TranscriptionId): Promise<Readonly<Record<string, readonly unknown[]>>>;
};

export type ExportedRows = { readonly name: string; readonly rows: readonly unknown[] };

export type ExportJob = {
  readonly userId: UserId;
  readonly languageCode: string | null;
  /** The message that tells how far it is. */
  readonly messageId: number | null;
  /** Word and PDF beside the plain texts. */
  readonly documents: boolean;
  /** So many archives were sent, with everything up to this file. */
  readonly parts: number;
  readonly lastSeq: number;
  /** The how-manieth try this is. */
  readonly attempts: number;
};

/** A file with files in it, written as it grows. */
export type Archive = {
  /** Bytes so far. */
  readonly size: number;
  /** @param isPacked what is packed by itself, such as DOCX, is not packed again */
  add(name: string, bytes: Uint8Array, isPacked: boolean): Promise<void>;
  /** Once more changes nothing. */
  close(): Promise<void>;
};

export type DataText =
  | { readonly kind: 'forgotten'; readonly files: number; readonly stays: boolean }
  | { readonly kind: 'exporting'; readonly done: number; readonly total: number }
  | { readonly kind: 'exported'; readonly archives: number }
  | { readonly kind: 'export-failed' };
