import type { UserId } from '../../domain/ids.ts';

/** Content of a broadcast. */
export type BroadcastText = {
  readonly text: string;
  /** Formatting such as bold text and links, as Telegram describes it (MessageEntity). */
  readonly entities: readonly object[];
};

export type Recipient = { readonly id: UserId; readonly languageCode: string | null };

/** Sends a broadcast to single users. Methods reject with a DeliveryError. */
export type BroadcastSender = {
  /** Sends the broadcast, with a button to unsubscribe. */
  send(to: Recipient, content: BroadcastText): Promise<void>;
  /** Tells its author that it was sent to all users. */
  tellDone(madeBy: Recipient, result: { readonly sent: number; readonly missed: number }): Promise<void>;
};
