import type { AnswerText } from '../../domain/answer-text.ts';
import type { Correction } from '../../domain/correction/correct.ts';
import type { CorrectionResult, Wanted } from '../../domain/correction/wanted.ts';
import type { Clip, Delivery } from '../../domain/delivery.ts';
import type { DocumentFile } from '../../domain/document.ts';
import type { GlossaryEntry } from '../../domain/glossary.ts';
import type { ChatId, TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Segment, Transcript } from '../../domain/transcript.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Addressee } from '../ports/lanes.ts';

/** One of our messages in a chat, and the file that it belongs to. */
export type AnswerMessage = {
  readonly file: Transcription;
  /** The word that is heard in it, of a clip. */
  readonly clip: Clip | null;
};

/** A transcript as it is now. */
export type ReadTranscript = {
  readonly transcript: Transcript;
  /** Whoever changes it says which one they have read. */
  readonly revision: number;
};

/** Sends stretches of recordings. Both resolve to the message's number and reject with a DeliveryError. */
export type Clips = {
  /** @param bytes OGG/Opus */
  send(to: Addressee, clip: Clip, bytes: Uint8Array<ArrayBuffer>, seconds: number): Promise<number>;
  /** The recording is not to be had any more. */
  sendNone(to: Addressee, clip: Clip): Promise<number>;
};

/** A correction that was made, with the number of places. */
export type CorrectedPlaces = Correction & { readonly places: number };

/** What a correction makes of a transcript. */
export type Change = {
  readonly segments: readonly Segment[];
  readonly done: readonly CorrectedPlaces[];
  /** The segments as they were, by their places. */
  readonly before: readonly { readonly place: number; readonly segment: Segment }[];
  /** For the glossary. */
  readonly learn: readonly Correction[];
};

/** `learnt`: null when there was nothing to learn, false when the glossary is full. */
export type ApplyResult =
  | { readonly outcome: 'corrected'; readonly id: number; readonly learnt: boolean | null }
  | { readonly outcome: 'stale' }
  | { readonly outcome: 'unknown' };

/** A correction that can be taken back. */
export type MadeCorrection = Pick<Change, 'before'> & { readonly transcriptionId: TranscriptionId };

/** `later`: another correction has changed the same stretch since. */
export type UndoResult = 'undone' | 'already' | 'later' | 'stale' | 'unknown';

/** Compares what a person wants with a transcript, without holding up the event loop. */
export type Corrector = {
  /** Resolves to `long` when that takes more than its budget. */
  correct(segments: readonly Segment[], wanted: Wanted): Promise<CorrectionResult>;
};

/** Transcripts as their people change them. Whose they are is decided in the database. */
export type Corrections = {
  /** What a message of ours belongs to, if that is a file of this person. */
  fileOf(chatId: ChatId, messageId: number, userId: UserId): Promise<AnswerMessage | null>;
  /** A message that says something about a file: it is understood when replied to, and goes when the file is deleted. */
  note(id: TranscriptionId, chatId: ChatId, messageId: number): Promise<void>;
  read(id: TranscriptionId, userId: UserId): Promise<ReadTranscript | null>;
  /** The files that went into one document with this one, in the order in which they were sent; none when alone. */
  together(id: TranscriptionId, userId: UserId): Promise<readonly TranscriptionId[]>;
  apply(id: TranscriptionId, userId: UserId, revision: number, change: Change): Promise<ApplyResult>;
  find(correction: number, userId: UserId): Promise<MadeCorrection | null>;
  /** @param segments of the transcript as it is then */
  undo(
    correction: number,
    userId: UserId,
    revision: number,
    segments: readonly Segment[],
  ): Promise<UndoResult>;
  /** What was learnt of it is forgotten; false when there is no such correction. */
  forget(correction: number, userId: UserId): Promise<boolean>;
};

/** A person's own spellings. */
export type Glossary = {
  /** All of them, what was changed last first. */
  entries(userId: UserId): Promise<GlossaryEntry[]>;
  /** What is heard may be null: a spelling that engines are told of. `full`: there is no room for one more. */
  add(userId: UserId, heard: string | null, spelling: string): Promise<'learnt' | 'full'>;
  /** Another spelling for an entry; false when there is no such entry of theirs. */
  rename(userId: UserId, entry: number, spelling: string): Promise<boolean>;
  remove(userId: UserId, entry: number): Promise<boolean>;
};

/** Where the bot's dialogs are, one a private chat; a dialog goes on in whichever process. */
export type Dialogs = {
  /** `step` says which one was read. */
  read(chatId: ChatId): Promise<{ readonly value: unknown; readonly step: number } | null>;
  /** @param step that this one follows, null after none. Resolves to false when another one came first. */
  write(chatId: ChatId, step: number | null, value: unknown): Promise<boolean>;
  end(chatId: ChatId): Promise<void>;
  /** Ends those in which nobody has said anything for a day. */
  prune(): Promise<void>;
};

/** What was sent of an answer, as it was sent last. */
export type SentAnswers = {
  /** With the number of the transcript's revision; null when it has been deleted. */
  read(id: TranscriptionId): Promise<{ revision: number; sent: readonly SentDelivery[] } | null>;
  /** The one document that the file went into with others, and the file that it was sent with; null when there is none. */
  joined(
    id: TranscriptionId,
  ): Promise<{ readonly file: Transcription; readonly sent: readonly SentDelivery[] } | null>;
  /** It is now in these messages; with none it is no more. Resolves to false when the file has been deleted. */
  keep(id: TranscriptionId, delivery: Delivery, messageIds: readonly number[]): Promise<boolean>;
};

export type SentDelivery = { readonly delivery: Delivery; readonly messageIds: readonly number[] };

/**
 * Changes what was sent. Both resolve to the number of the message that shows it now: a new one where Telegram does not
 * let the old one be changed, null where its person has deleted it. Rejects with a DeliveryError.
 */
export type Amendments = {
  editText(to: Addressee, messageId: number, message: AnswerText): Promise<number | null>;
  editFile(to: Addressee, messageId: number, file: DocumentFile): Promise<number | null>;
};
