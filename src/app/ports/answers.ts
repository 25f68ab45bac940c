import type { AnswerText } from '../../domain/answer-text.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { DocumentContent, DocumentFile, DocumentFormat } from '../../domain/document.ts';
import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { ChatId, TranscriptionId, UserId } from '../../domain/ids.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Addressee } from './lanes.ts';

/** A finished file with the messages that are still to be sent. */
export type Undelivered = {
  readonly transcription: Transcription;
  readonly deliveries: readonly Delivery[];
  /** The outbox has given it out so often, this time included; 0 for the worker that finished the file. */
  readonly takes: number;
};

/** What can be asked for when a file is done. */
export type Wanted = {
  [Kind in 'album' | 'times' | 'clip']: Pick<Delivery & { kind: Kind }, 'kind' | 'payload'>;
}['album' | 'times' | 'clip'];

/** The outbox. */
export type Deliveries = {
  /** Something more of a finished file of this person; a worker sends it at once. `already`: the same is on its way. */
  add(id: TranscriptionId, userId: UserId, wanted: Wanted): Promise<'added' | 'already' | 'unknown'>;
  /** Takes what is unsent and due, for a while, so that no two processes send the same. */
  takeDue(limit: number): Promise<Undelivered[]>;
  /** `last`: nothing of this file is left to send. Resolves to false when the file has been deleted meanwhile. */
  markSent(
    id: TranscriptionId,
    delivery: Delivery,
    messageIds: readonly number[],
    last: boolean,
  ): Promise<boolean>;
  /**
   * Still being sent: nobody else takes it meanwhile. Resolves to false when it is not this sender's any more: the sender
   * was silent for so long that another has taken it.
   */
  keep(id: TranscriptionId, takes: number): Promise<boolean>;
  /**
   * To be tried again after `delayMs`; `null`: given up.
   * @param cause why it was not sent, for operators
   */
  postpone(id: TranscriptionId, delayMs: number | null, cause?: string): Promise<void>;
};

export type StoredTranscript = {
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  readonly engine: EngineId;
};

export type Transcripts = { find(id: TranscriptionId): Promise<StoredTranscript | null> };

/** What is sent to people. Rejects with a DeliveryError. */
export type Replies = {
  /** Sends the status message, or edits it in place where there is one. Resolves to its id, null when it is gone. */
  showStatus(to: Addressee, view: StatusView): Promise<number | null>;
  sendText(to: Addressee, message: AnswerText): Promise<number>;
  /** Resolves to the ids of all messages of the album. */
  sendFiles(to: Addressee, files: readonly DocumentFile[]): Promise<readonly number[]>;
  /** Takes messages of ours out of the chat; those that are too old for it stay. */
  remove(to: Addressee, messageIds: readonly number[]): Promise<void>;
  /**
   * Resolves when an edit that may be left out would be in nobody's way, as Telegram's limits are; rejects when the signal
   * aborts.
   */
  whenSpare(to: Addressee, signal: AbortSignal): Promise<void>;
  /** Puts our mark under the person's own message: it has been written down. Never rejects. */
  markDone(to: Addressee): Promise<void>;
  /** "typing…", "sending a file…" above the chat, where there is room for it. Never rejects. */
  showActivity(to: Addressee, activity: 'typing' | 'upload_document'): Promise<void>;
};

/** A message could not be sent. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /**
   * `gone`: the person blocked the bot or left, never try again; `refused`: Telegram will never take this message;
   * `later`: may pass.
   */
  readonly kind: 'gone' | 'refused' | 'later';
  /** The group has become a supergroup: from now on it is there. */
  readonly movedTo: ChatId | null;
  constructor(kind: DeliveryError['kind'], message: string, cause: unknown, movedTo: ChatId | null = null) {
    super(message, { cause });
    this.kind = kind;
    this.movedTo = movedTo;
  }
}

export type Documents = {
  render(content: DocumentContent, format: DocumentFormat, baseName: string): Promise<DocumentFile>;
};

/** What people read, by key and language; formatting of dates, numbers and durations included. */
export type Wording = {
  /** The document of a transcript in the person's language. */
  document(
    transcription: Transcription,
    stored: StoredTranscript,
    choice: DocumentChoice,
  ): { content: DocumentContent; baseName: string };
  /** What stands above a recording among others: who, when. */
  heading(languageCode: string | null, name: string, sentAt: Date): string;
};
