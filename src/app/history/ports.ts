import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { MediaKind } from '../../domain/transcription.ts';

/** What a person has had written down. Everything is of this person alone. */
export type History = {
  /** The next transcripts in one direction, newest first. */
  page(userId: UserId, wanted: WantedPage): Promise<HistoryPage>;
  /** One of theirs, with up to `mostCharacters` of its text; null when there is none with this id. */
  find(userId: UserId, id: TranscriptionId, mostCharacters: number): Promise<HistoryEntry | null>;
  /** The word of theirs that looks most like one that none of their transcripts has; null when none does. */
  alike(userId: UserId, word: string): Promise<string | null>;
  /** The message in which they see their history; null when there is none. */
  view(userId: UserId): Promise<HistoryView | null>;
  setView(userId: UserId, view: HistoryView): Promise<void>;
};

export type WantedPage = {
  /** All of these have to be said in it, as `domain/search-words.ts` has them; null: everything. */
  readonly words: readonly string[] | null;
  /** Null: the newest. */
  readonly from: PageEdge | null;
  readonly limit: number;
  /** Of each text as much as a message holds, and not only some words of it. */
  readonly longExcerpts?: boolean;
};

/** Older or newer than this one. */
export type PageEdge = { readonly direction: 'older' | 'newer'; readonly id: TranscriptionId };

export type HistoryPage = {
  readonly entries: readonly HistoryEntry[];
  /** There are more in the direction in which the page was turned. */
  readonly more: boolean;
};

/** A transcript as a list shows it. */
export type HistoryEntry = {
  readonly id: TranscriptionId;
  /** Whether its recording came in the person's private chat. */
  readonly isPrivate: boolean;
  readonly kind: MediaKind;
  readonly fileName: string | null;
  readonly senderName: string | null;
  readonly sentAt: Date;
  readonly durationSeconds: number;
  readonly language: string | null;
  /** Its beginning; where words are looked for, the stretch in which one of them is said first. */
  readonly text: string;
};

/** What somebody sees of their history: one message at a time, which the next one takes the place of. */
export type HistoryView = {
  readonly messageId: number;
  /** What they look for; null: everything. */
  readonly query: string | null;
  /** The message that asked what to look for; null when none did. */
  readonly promptId: number | null;
};
