import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { PlainAction } from '../domain/button.ts';

/** A status message as it is sent: its text, and the buttons below. */
export type StatusMessage = {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  readonly keyboard: InlineKeyboardMarkup;
};

/** Returns the button of an action, with its label in the language of the message. */
export type MakeButton = (action: PlainAction) => {
  text: string;
  callback_data: string;
};
