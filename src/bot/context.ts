import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { Account } from '../domain/account.ts';
import type { UserId } from '../domain/ids.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { TextVariables } from '../texts/texts.ts';

/** grammY's context, with dialogs (in private chats, features/dialogs) and Dabir's additions. */
export type BotContext = ConversationFlavor<Context> & {
  /** Returns a text in the user's language. */
  say(key: string, variables?: TextVariables): string;
  /** The account of the update's sender, as the database has it now. */
  account: Account;
  /**
   * The sender's own transcription that a pressed button names, read together with the account; null when the sender
   * has none with this id, undefined when no button under a status message was pressed.
   */
  pressed?: Transcription | null;
  /** The user whose transcription a group admin's press changes; undefined when it is the sender's own. */
  actsFor?: UserId;
  /** Confirms the update, because its data is safe in the database: it counts as handled, even if the rest fails. */
  confirmUpdate(): void;
};

/**
 * Returns the language in which Dabir addresses the user: the chosen one, or else Telegram's; null
 * when neither is known.
 */
export function languageOf(ctx: Context & { readonly account?: Account }): string | null {
  // Before the gate has read the account, only Telegram's language is known.
  return ctx.account === undefined ? (ctx.from?.language_code ?? null) : ctx.account.languageCode;
}
