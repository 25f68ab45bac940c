import type { ChatId } from '../../domain/ids.ts';

/** Telegram limits what a bot says in one chat, whichever of its processes says it: they take turns. */
export type ChatTurns = {
  /**
   * Takes the next turn in a chat: so many messages at a rate of one in `everyMs` after a burst. Returns how long until
   * then, in milliseconds; when that is longer than `maxWaitMs` nothing is taken. Rejects while the database is away.
   */
  take(turn: {
    readonly chatId: ChatId;
    /** Sends and edits are limited each by itself. */
    readonly kind: 'send' | 'edit';
    readonly messages: number;
    readonly burst: number;
    readonly everyMs: number;
    readonly maxWaitMs: number;
  }): Promise<number>;
  /** Forgets chats in which nobody has spoken lately. */
  prune(): Promise<void>;
};
