import type { AnswerText } from '../../domain/answer-text.ts';
import type { DocumentFile } from '../../domain/document.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Addressee } from './lanes.ts';

/** Sends messages to users. Methods reject with a DeliveryError. */
export type Messenger = {
  /**
   * Sends the status message, or edits it when it exists. An end that is announced deletes it, and is sent as a new
   * message with a sound; everything else is silent. Resolves to the id; null when the message no longer exists, or
   * Telegram no longer allows its edit. A text is then sent as a new message, unless `how` is `edit`.
   */
  showStatus(to: Addressee, view: StatusView, how?: 'edit'): Promise<number | null>;
  /** Shows all buttons under an ended transcription, or folds them to the usual ones. */
  showButtons(to: Addressee, view: StatusView, isUnfolded: boolean): Promise<void>;
  /** Sends a text, without a sound unless asked for one. */
  sendText(to: Addressee, message: AnswerText, hasSound?: boolean): Promise<number>;
  /** Sends documents as one album, without a sound. Resolves to the ids of its messages. */
  sendFiles(to: Addressee, files: readonly DocumentFile[]): Promise<readonly number[]>;
  /** Deletes messages of the bot; those that are too old for Telegram stay. */
  remove(to: Addressee, messageIds: readonly number[]): Promise<void>;
  /** Resolves when Telegram's limits leave room for an optional edit; rejects when the signal aborts. */
  waitForRoom(to: Addressee, signal: AbortSignal): Promise<void>;
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
