import type { UserId } from '../../domain/ids.ts';

/** Content of a broadcast. */
export type BroadcastText = {
  readonly text: string;
  /** Formatting such as bold text and links, as Telegram describes it (MessageEntity). */
  readonly entities: readonly object[];
};

/** Broadcasts. One process at a time sends one; if it dies, another continues. */
export type Broadcasts = {
  /** Stores a draft. Resolves to its id. */
  draft(madeBy: UserId, announcement: BroadcastText): Promise<number>;
  /** Returns the number of users who would get a broadcast: those who may use the bot and want broadcasts. */
  people(): Promise<number>;
  /** Starts a draft. This method and `stop` resolve to false when the state no longer allows it. */
  start(id: number): Promise<boolean>;
  stop(id: number): Promise<boolean>;
  /** Takes a broadcast that no process is sending, for `leaseMs` (ms); null when there is none. */
  take(holder: string, leaseMs: number): Promise<Broadcast | null>;
  /** Returns the next users who have not had it, at most `limit`. */
  next(broadcast: Broadcast, limit: number): Promise<Recipient[]>;
  /**
   * Records the result for a user: `sent`, `missed` (could not be delivered) or `left` (the user stopped the bot).
   * Resolves to false when the broadcast was stopped, or another process has taken it over.
   */
  mark(
    broadcast: Broadcast,
    to: Recipient,
    how: 'sent' | 'missed' | 'left',
    leaseMs: number,
  ): Promise<boolean>;
  /** Renews the lease, so that no other process takes the broadcast. Resolves to false as `mark` does. */
  keep(broadcast: Broadcast, leaseMs: number): Promise<boolean>;
  /**
   * Ends a broadcast that all users have had. Resolves to the counts; null when it was stopped, or another process has
   * taken it over.
   */
  finish(broadcast: Broadcast): Promise<{ readonly sent: number; readonly missed: number } | null>;
  /** Releases the lease, so that another process can continue at once. */
  release(broadcast: Broadcast): Promise<void>;
};

export type Broadcast = BroadcastText & {
  readonly id: number;
  readonly madeBy: Recipient;
  /** The process that is sending it. */
  readonly holder: string;
  /** All users up to this id have had it. */
  readonly lastUserId: UserId;
};

export type Recipient = { readonly id: UserId; readonly languageCode: string | null };

/** Sends a broadcast to single users. Methods reject with a DeliveryError. */
export type BroadcastSender = {
  /** Sends the broadcast, with a button to unsubscribe. */
  announce(to: Recipient, announcement: BroadcastText): Promise<void>;
  /** Tells its author that all users have had it. */
  tellDone(madeBy: Recipient, result: { readonly sent: number; readonly missed: number }): Promise<void>;
};
