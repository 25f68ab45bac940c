import type { ChatId, TranscriptionId, UserId } from '../../domain/ids.ts';

/** Amount of a user's stored data. */
export type DataSummary = {
  readonly transcripts: number;
  /** Length of their audio in all, in seconds. */
  readonly seconds: number;
  /** Date of the oldest one; null when there is none. */
  readonly oldest: Date | null;
  readonly glossary: number;
};

/** Stored data of the users, and its retention. */
export type Retention = {
  summary(userId: UserId): Promise<DataSummary>;
  /** Returns the user's retention, in hours; 0: until the user deletes the data, null: the configured one. */
  keepHours(userId: UserId): Promise<number | null>;
  /** Sets the retention, also for existing data. */
  setKeepHours(userId: UserId, hours: number | null): Promise<void>;
  /**
   * Deletes data past its retention. Resolves to the number of rows.
   * @param defaultMs retention for users without a choice, in ms; null: unlimited
   */
  prune(limit: number, defaultMs: number | null): Promise<number>;
};

/** Erasures of all data of a user. */
export type Erasures = {
  /** Records that the user was asked for the confirmation word. */
  ask(userId: UserId): Promise<void>;
  /** Cancels the request. */
  withdraw(userId: UserId): Promise<void>;
  /**
   * Begins the erasure after the confirmation word; a worker carries it out. Resolves to false when the user was not
   * asked, the request is older than `validMs` (ms), or the erasure has already begun.
   */
  begin(userId: UserId, languageCode: string | null, validMs: number): Promise<boolean>;
  setMessage(userId: UserId, messageId: number): Promise<void>;
  /** Takes an erasure that no worker holds, for `leaseMs` (ms); null when there is none. */
  take(leaseMs: number): Promise<ErasureJob | null>;
  /** Renews the lease, and adds the number of transcriptions deleted since. */
  keep(userId: UserId, files: number, leaseMs: number): Promise<void>;
  /** Returns the user's next transcriptions, with all messages about each. */
  files(userId: UserId, limit: number): Promise<ErasedFile[]>;
  /** Records a message with the user's data in their private chat that belongs to no transcription. */
  noteMessage(userId: UserId, messageId: number): Promise<void>;
  /** Returns those messages, as far as Telegram still allows deleting them. */
  messages(userId: UserId): Promise<number[]>;
  messagesGone(userId: UserId, messageIds: readonly number[]): Promise<void>;
  /**
   * Deletes the user's other data. `left`: there is more. `stays`: something has to stay, because the user has a block
   * or a quota.
   */
  account(userId: UserId, limit: number): Promise<{ readonly left: boolean; readonly stays: boolean }>;
  done(userId: UserId): Promise<void>;
  /** Deletes data that had to stay for a limited time. Resolves to the number of rows. */
  prune(limit: number): Promise<number>;
};

/** A user whose data is being erased. */
export type ErasureJob = {
  readonly userId: UserId;
  readonly languageCode: string | null;
  /** The message that shows the progress; null when it could not be sent. */
  readonly messageId: number | null;
  /** Number of transcriptions deleted so far. */
  readonly files: number;
};

export type ErasedFile = {
  readonly id: TranscriptionId;
  readonly chatId: ChatId;
  readonly messageIds: readonly number[];
};

/** Messages about exports and erasures. Methods reject with a DeliveryError. */
export type DataMessages = {
  /** Edits the earlier message where there is one, else sends a new one. */
  tell(
    to: { readonly userId: UserId; readonly languageCode: string | null; readonly messageId: number | null },
    text: DataText,
  ): Promise<void>;
  /**
   * Sends an archive from the disk.
   * @param part number of the archive, from 1; null: the only one
   */
  sendArchive(
    to: Pick<ExportJob, 'userId' | 'languageCode'>,
    path: string,
    part: number | null,
  ): Promise<void>;
};

/** Exports of all data of a user. */
export type Exports = {
  /** Begins an export; a worker carries it out. Resolves to false while one is in progress. */
  begin(userId: UserId, messageId: number, documents: boolean): Promise<boolean>;
  /** Takes an export that no worker holds, for `leaseMs` (ms); null when there is none. */
  take(leaseMs: number): Promise<ExportJob | null>;
  /** Renews the lease. Resolves to false when the export no longer exists, because the user asked for an erasure. */
  keep(userId: UserId, leaseMs: number): Promise<boolean>;
  /** Records that an archive was sent, with everything up to this place in the order. */
  sent(userId: UserId, lastSeq: number): Promise<void>;
  done(userId: UserId): Promise<void>;
  /** Yields the rows of a user's data apart from transcriptions, in batches with the name of their entry. */
  ofAccount(userId: UserId): AsyncIterable<ExportedRows>;
  /** Returns the user's next transcriptions, in the order of arrival (`transcription.seq`). */
  files(
    userId: UserId,
    after: number,
    limit: number,
  ): Promise<{ readonly id: TranscriptionId; readonly seq: number }[]>;
  /** Returns how many of the user's transcriptions come after this one. */
  count(userId: UserId, after: number): Promise<number>;
  /** Returns the rows of a transcription, by table. */
  ofFile(id: TranscriptionId): Promise<Readonly<Record<string, readonly unknown[]>>>;
};

export type ExportedRows = { readonly name: string; readonly rows: readonly unknown[] };

export type ExportJob = {
  readonly userId: UserId;
  readonly languageCode: string | null;
  /** The message that shows the progress. */
  readonly messageId: number | null;
  /** True when Word and PDF documents are included. */
  readonly documents: boolean;
  /** Number of archives sent so far, with everything up to `lastSeq`. */
  readonly parts: number;
  readonly lastSeq: number;
  /** Number of this attempt. */
  readonly attempts: number;
};

/** An archive file, written while it grows. */
export type Archive = {
  /** Size so far, in bytes. */
  readonly size: number;
  /**
   * Adds an entry.
   * @param isPacked true for compressed formats such as DOCX, which are not compressed again
   */
  add(name: string, bytes: Uint8Array, isPacked: boolean): Promise<void>;
  /** Closes the archive. A second call changes nothing. */
  close(): Promise<void>;
};

export type DataText =
  | { readonly kind: 'forgotten'; readonly files: number; readonly stays: boolean }
  | { readonly kind: 'exporting'; readonly done: number; readonly total: number }
  | { readonly kind: 'exported'; readonly archives: number }
  | { readonly kind: 'export-failed' };
