import type { AnswerText } from '../../domain/answer-text.ts';
import type { Correction } from '../../domain/correction/correct.ts';
import type { CorrectionResult, RequestedChange } from '../../domain/correction/wanted.ts';
import type { Clip, Delivery } from '../../domain/delivery.ts';
import type { DocumentFile } from '../../domain/document.ts';
import type { ChatId, TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Segment, Transcript } from '../../domain/transcript.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Addressee } from '../ports/lanes.ts';

/** A message of the bot and its transcription. */
export type AnswerMessage = {
  readonly file: Transcription;
  /** The word of the clip; null when the message is no clip. */
  readonly clip: Clip | null;
};

/** The current transcript. */
export type ReadTranscript = {
  readonly transcript: Transcript;
  /** Number of the current version; a change names the version that it read. */
  readonly revision: number;
};

/** Sends clips of audio. Both methods resolve to the message id and reject with a DeliveryError. */
export type Clips = {
  /**
   * Sends a clip.
   * @param bytes OGG/Opus
   */
  send(to: Addressee, clip: Clip, bytes: Uint8Array<ArrayBuffer>, seconds: number): Promise<number>;
  /** Tells the user that the audio is no longer available. */
  sendNone(to: Addressee, clip: Clip): Promise<number>;
};

/** A correction with its number of places. */
export type CorrectedPlaces = Correction & { readonly places: number };

/** Changes that a correction makes to a transcript. */
export type Change = {
  readonly segments: readonly Segment[];
  readonly done: readonly CorrectedPlaces[];
  /** The previous segments, by index. */
  readonly before: readonly { readonly place: number; readonly segment: Segment }[];
  /** Corrections for the glossary. */
  readonly learn: readonly Correction[];
};

/** `learnt`: null when there was nothing to learn, false when the glossary is full. */
export type ApplyResult =
  | { readonly outcome: 'corrected'; readonly id: number; readonly learnt: boolean | null }
  | { readonly outcome: 'stale' }
  | { readonly outcome: 'unknown' };

/** A correction that can be undone. */
export type MadeCorrection = Pick<Change, 'before'> & { readonly transcriptionId: TranscriptionId };

/** `later`: a later correction changed the same segments. */
export type UndoResult = 'undone' | 'already' | 'later' | 'stale' | 'unknown';

/** Corrects a transcript without blocking the event loop. */
export type Corrector = {
  /** Resolves to `long` when that takes more than its budget. */
  correct(segments: readonly Segment[], wanted: RequestedChange): Promise<CorrectionResult>;
};

/** Transcripts and the corrections of their users. The database checks whose they are. */
export type Corrections = {
  /** Returns the transcription of a message of the bot, if it belongs to this user. */
  fileOf(chatId: ChatId, messageId: number, userId: UserId): Promise<AnswerMessage | null>;
  /** Links a message to a transcription: replies to it are understood, and it is deleted with the transcription. */
  note(id: TranscriptionId, chatId: ChatId, messageId: number): Promise<void>;
  read(id: TranscriptionId, userId: UserId): Promise<ReadTranscript | null>;
  /**
   * Returns the other transcriptions in the same document, in the order in which they were sent; empty when there is
   * none.
   */
  together(id: TranscriptionId, userId: UserId): Promise<readonly TranscriptionId[]>;
  apply(id: TranscriptionId, userId: UserId, revision: number, change: Change): Promise<ApplyResult>;
  find(correction: number, userId: UserId): Promise<MadeCorrection | null>;
  /**
   * Undoes a correction.
   * @param segments of the transcript after the undo
   */
  undo(
    correction: number,
    userId: UserId,
    revision: number,
    segments: readonly Segment[],
  ): Promise<UndoResult>;
  /** Deletes what was learnt from a correction. Resolves to false when there is no such correction. */
  forget(correction: number, userId: UserId): Promise<boolean>;
};

/** Sent answers, in their latest version. */
export type SentAnswers = {
  /** Returns what was sent, and the revision of the transcript; null when the transcription was deleted. */
  read(id: TranscriptionId): Promise<{ revision: number; sent: readonly SentDelivery[] } | null>;
  /**
   * Returns the document of the bundle of a transcription, and the transcription with which it was sent; null without
   * one.
   */
  joined(
    id: TranscriptionId,
  ): Promise<{ readonly file: Transcription; readonly sent: readonly SentDelivery[] } | null>;
  /**
   * Records the messages that show a delivery now; an empty list deletes it. Resolves to false when the transcription
   * was deleted.
   */
  keep(id: TranscriptionId, delivery: Delivery, messageIds: readonly number[]): Promise<boolean>;
};

export type SentDelivery = { readonly delivery: Delivery; readonly messageIds: readonly number[] };

/**
 * Changes sent messages. Both methods resolve to the id of the message that shows the content now: a new one when
 * Telegram refuses to change the old one, null when the user deleted it. They reject with a DeliveryError.
 */
export type Amendments = {
  editText(to: Addressee, messageId: number, message: AnswerText): Promise<number | null>;
  editFile(to: Addressee, messageId: number, file: DocumentFile): Promise<number | null>;
};
