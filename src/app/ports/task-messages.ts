import type { UserId } from '../../domain/ids.ts';

/** A message of a background task: text with bold stretches, and rows of buttons. */
export type TaskMessage = {
  readonly text: string;
  /** Bold stretches of the text, in UTF-16 units. */
  readonly bold: readonly { readonly offset: number; readonly length: number }[];
  readonly rows: readonly (readonly { readonly text: string; readonly data: string }[])[];
};

/** Where the message of a task is, or is to be. */
export type TaskPlace = {
  /** The user, whose private chat it is. */
  readonly userId: UserId;
  /** The message to edit; null when there is none yet. */
  readonly messageId: number | null;
  /** The message that a new one replies to. */
  readonly replyToId: number;
};

/** The messages of background tasks. Both methods reject with a DeliveryError. */
export type TaskMessages = {
  /** Shows the progress, if Telegram's limits leave room for an edit. A message that is gone stays gone. */
  showProgress(place: TaskPlace, message: TaskMessage): Promise<void>;
  /** Shows how a task ended, in its message or in a new one. Resolves to the message's id. */
  showEnd(place: TaskPlace, message: TaskMessage): Promise<number>;
};
