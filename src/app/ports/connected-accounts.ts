import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Upload } from '../../domain/transcription.ts';

/** A connection of the bot to a user's Telegram account, as Telegram describes it now (BusinessConnection). */
export type AccountConnection = {
  /** Telegram's id. */
  readonly connectionKey: string;
  readonly userId: UserId;
  readonly user: Upload['user'];
  /** The user's private chat with the bot. */
  readonly userChatId: ChatId;
  /** The bot may write as the user in chats with a message of the last 24 hours. */
  readonly canReply: boolean;
  readonly isEnabled: boolean;
  readonly connectedAt: Date;
};

/**
 * What became of a message in a user's name. `refused`: Telegram did not send it, for this reason. `later`: it did not
 * send it, and may at another time. `unknown`: there was no answer, so that it may have been sent.
 */
export type OwnerMessageResult =
  | { readonly outcome: 'sent'; readonly messageId: number }
  | { readonly outcome: 'refused'; readonly reason: 'ended' | 'rights' | 'window' | 'other' }
  | { readonly outcome: 'later' | 'unknown' };

/** Users' accounts to which the bot is connected. */
export type ConnectedAccounts = {
  /** Asks Telegram for a connection; null when Telegram knows none with this id. Rejects with a DeliveryError. */
  find(connectionKey: string): Promise<AccountConnection | null>;
  /** Sends a text in the user's name, once: a failed call is not repeated. Never rejects. */
  send(message: {
    readonly connectionKey: string;
    readonly chatId: ChatId;
    readonly text: string;
    /** The message that it answers. */
    readonly replyTo: number;
  }): Promise<OwnerMessageResult>;
};
