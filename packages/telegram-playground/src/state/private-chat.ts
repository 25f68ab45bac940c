/** The chat of two people. They see the same messages under the same ids; a bot sees it from one side (business/). */
export interface PrivateChat {
  readonly id: number;
  /** Ids of the two people. */
  readonly people: readonly [number, number];
}

/** The smallest id of such a chat. Ids of people, and so of their chats with the bot, are far below. */
export const firstPrivateChatId = 5_000_000_000_001;

/** A person's account with the bot connected to it (BusinessConnection). */
export interface Connection {
  readonly id: string;
  readonly userId: number;
  /** Unix time of the connection, in seconds. */
  readonly date: number;
  readonly isEnabled: boolean;
  /** The bot may write as the person. */
  readonly canReply: boolean;
  /** Whose chats the bot sees: everybody's, only those of `people`, or all but those. */
  readonly chats: 'all' | 'only' | 'except';
  readonly people: readonly number[];
}
