import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { MediaKind } from '../../domain/transcription.ts';

/** A user's transcripts. Every method returns only the user's own. */
export type History = {
  /** Returns the next transcripts in one direction, newest first. */
  page(userId: UserId, wanted: WantedPage): Promise<HistoryPage>;
  /** Returns one transcript, with at most `maxCharacters` of its text; null when the user has none with this id. */
  find(userId: UserId, id: TranscriptionId, maxCharacters: number): Promise<HistoryEntry | null>;
  /**
   * Returns the word in the user's transcripts that is most similar to a word not found in them; null without a similar
   * one.
   */
  alike(userId: UserId, word: string): Promise<string | null>;
  /** Returns the message that shows the user's history; null when there is none. */
  view(userId: UserId): Promise<HistoryView | null>;
  setView(userId: UserId, view: HistoryView): Promise<void>;
};

export type WantedPage = {
  /** Words that all have to occur, from `domain/search-words.ts`; null: all transcripts. */
  readonly words: readonly string[] | null;
  /** Edge of the previous page; null: begin with the newest. */
  readonly from: PageEdge | null;
  readonly limit: number;
  /** Returns as much of each text as fits into a message, instead of a few words. */
  readonly longExcerpts?: boolean;
};

/** Transcripts older or newer than this one. */
export type PageEdge = { readonly direction: 'older' | 'newer'; readonly id: TranscriptionId };

export type HistoryPage = {
  readonly entries: readonly HistoryEntry[];
  /** True when there are more in the same direction. */
  readonly more: boolean;
};

/** A transcript as a list shows it. */
export type HistoryEntry = {
  readonly id: TranscriptionId;
  /** True when the upload came in the user's private chat. */
  readonly isPrivate: boolean;
  readonly kind: MediaKind;
  readonly fileName: string | null;
  readonly senderName: string | null;
  readonly sentAt: Date;
  readonly durationSeconds: number;
  readonly language: string | null;
  /** Beginning of the text; in a search, the part around the first match. */
  readonly text: string;
};

/** State of a user's history: one message at a time, which the next one replaces. */
export type HistoryView = {
  readonly messageId: number;
  /** Search query; null: all transcripts. */
  readonly query: string | null;
  /** The message that asked for the query; null when none did. */
  readonly promptId: number | null;
};
