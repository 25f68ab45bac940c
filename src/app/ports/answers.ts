import type { AnswerText } from '../../domain/answer-text.ts';
import type { Clip, Delivery } from '../../domain/delivery.ts';
import type { DocumentContent, DocumentFile, DocumentFormat } from '../../domain/document.ts';
import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { ChatId, TranscriptionId, UserId } from '../../domain/ids.ts';
import type { NumberSpeaker } from '../../domain/speakers.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Addressee } from './lanes.ts';

/** Mark of a delivery that was sent: the messages that carry it, none when there was nothing to send. */
export type DeliveryMark = { readonly delivery: Delivery; readonly messageIds: readonly number[] };

/** A finished transcription with its deliveries that were not sent yet. */
export type Undelivered = {
  readonly transcription: Transcription;
  readonly deliveries: readonly Delivery[];
  /**
   * Number of times the outbox has handed out these deliveries, including this one; 0 for the worker that ran the job.
   */
  readonly takes: number;
};

/** Deliveries that a user can request after the transcription has completed. */
export type RequestedDelivery = {
  [Kind in 'album' | 'times' | 'clip' | 'voice']: Pick<Delivery & { kind: Kind }, 'kind' | 'payload'>;
}['album' | 'times' | 'clip' | 'voice'];

/** The outbox. */
export type Deliveries = {
  /**
   * Adds a delivery to a completed transcription of this user; a worker sends it at once. `already`: the same delivery
   * is waiting.
   */
  add(
    id: TranscriptionId,
    userId: UserId,
    wanted: RequestedDelivery,
  ): Promise<'added' | 'already' | 'unknown'>;
  /** Takes deliveries that are due. They stay taken for a while, so that no other process sends the same. */
  takeDue(limit: number): Promise<Undelivered[]>;
  /**
   * Marks deliveries as sent. Resolves to false when the transcription was deleted. `last`: it has no more deliveries.
   */
  markSent(id: TranscriptionId, sent: readonly DeliveryMark[], last: boolean): Promise<boolean>;
  /**
   * Renews a take, so that no other process takes the same deliveries. Resolves to false when another process has taken
   * them because this one did not renew in time.
   */
  renew(id: TranscriptionId, takes: number): Promise<boolean>;
  /**
   * Postpones deliveries.
   * @param delayMs delay before the next attempt, in ms; null gives up
   * @param cause reason of the failure, for the admin page
   */
  postpone(id: TranscriptionId, delayMs: number | null, cause?: string): Promise<void>;
};

export type StoredTranscript = {
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  readonly engine: EngineId;
};

/** What a transcript's files are named after: the name of its upload, and the first words of its text. */
export type TitleSource = {
  readonly fileName: string | null;
  readonly language: string | null;
  /** The first 400 UTF-16 units of the text. */
  readonly beginning: string;
};

export type Transcripts = {
  find(id: TranscriptionId): Promise<StoredTranscript | null>;
  /** Returns what names the files of the same user's transcripts before this one, of the last 100 uploads. */
  listEarlier(id: TranscriptionId): Promise<readonly TitleSource[]>;
};

/** Sends messages to users. Methods reject with a DeliveryError. */
export type Replies = {
  /**
   * Sends the status message, or edits it when it exists. An end that is announced deletes it, and is sent as a new
   * message with a sound; everything else is silent. Resolves to the id; null when the message no longer exists.
   */
  showStatus(to: Addressee, view: StatusView): Promise<number | null>;
  /** Shows all buttons under an ended transcription, or folds them to the usual ones. */
  showButtons(to: Addressee, view: StatusView, isUnfolded: boolean): Promise<void>;
  /** Sends a text, without a sound unless asked for one. */
  sendText(to: Addressee, message: AnswerText, hasSound?: boolean): Promise<number>;
  /** Sends documents as one album, without a sound. Resolves to the ids of its messages. */
  sendFiles(to: Addressee, files: readonly DocumentFile[]): Promise<readonly number[]>;
  /** Deletes messages of the bot; those that are too old for Telegram stay. */
  remove(to: Addressee, messageIds: readonly number[]): Promise<void>;
  /** Resolves when Telegram's limits leave room for an optional edit; rejects when the signal aborts. */
  whenSpare(to: Addressee, signal: AbortSignal): Promise<void>;
  /** Shows "typing…" or "sending a file…" above the chat, if Telegram's limits leave room. Never rejects. */
  showActivity(to: Addressee, activity: 'typing' | 'upload_document'): Promise<void>;
};

/** Thrown when a message could not be sent. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /**
   * `gone`: the user blocked the bot or left the chat; `refused`: Telegram never accepts this message;
   * `later`: the failure may pass.
   */
  readonly kind: 'gone' | 'refused' | 'later';
  /** New id of a group that became a supergroup; null otherwise. */
  readonly movedTo: ChatId | null;
  constructor(kind: DeliveryError['kind'], message: string, cause: unknown, movedTo: ChatId | null = null) {
    super(message, { cause });
    this.kind = kind;
    this.movedTo = movedTo;
  }
}

export type Documents = {
  /** Writes a document in each of the formats, in their order. */
  render(
    content: DocumentContent,
    formats: readonly DocumentFormat[],
    baseName: string,
  ): Promise<DocumentFile[]>;
};

/** Texts for users, by key and language, including the format of dates, numbers and durations. */
export type Wording = {
  /** Returns the document of a transcript, in the user's language. */
  document(
    transcription: Transcription,
    stored: StoredTranscript,
    choice: DocumentChoice,
  ): { content: DocumentContent; baseName: string };
  /** Returns the heading of an upload among others: sender and time. */
  heading(
    languageCode: string | null,
    name: string,
    sentAt: Date,
    choice: Pick<DocumentChoice, 'timeZone'>,
  ): string;
  /** Returns the name of a transcript's files; null when neither the upload nor the text gives one. */
  fileTitle(source: TitleSource, choice: DocumentChoice): string | null;
  /** Returns what became of a voice that the user wants remembered. */
  voiceKept(languageCode: string | null, name: string, outcome: VoiceOutcome): string;
  /** Returns the name of the files of a transcript when earlier ones have the same. */
  numbered(languageCode: string | null, name: string, number: number): string;
};

/** `short`: the speaker speaks too briefly; `none`: there is no audio, or no model for voices. */
export type VoiceOutcome = 'kept' | 'full' | 'short' | 'none';

/** Returns how unnamed speakers are called in a language. */
export type NumberSpeakerIn = (languageCode: string | null) => NumberSpeaker;

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
