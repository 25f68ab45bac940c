import type { ChatId } from '../../domain/ids.ts';

/** Telegram's limits per chat hold for all processes of a bot together: they take turns. */
export type ChatTurns = {
  /**
   * Takes the next turn in a chat for `messages` messages, at a rate of one in `everyMs` (ms) after a burst. Resolves
   * to the wait until that turn, in ms; takes no turn when the wait is longer than `maxWaitMs`. Rejects while the
   * database is away.
   */
  take(turn: {
    readonly chatId: ChatId;
    /** Sends and edits have limits of their own. */
    readonly kind: 'send' | 'edit';
    readonly messages: number;
    readonly burst: number;
    readonly everyMs: number;
    readonly maxWaitMs: number;
  }): Promise<number>;
  /** Deletes the turns of chats without recent messages. */
  prune(): Promise<void>;
};
