import type { Addressee } from '../app/ports/lanes.ts';
import { toDeliveryError } from './api.ts';

/** A call whose failure is a DeliveryError. */
export async function attempt<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toDeliveryError(error);
  }
}

/** As a reply to the person's own message, in its topic; a message that was deleted is no reason not to answer. */
export function asReply(to: Addressee) {
  return {
    ...inThread(to),
    // A group that has moved left its messages behind.
    ...(to.messageId > 0 && {
      reply_parameters: { message_id: to.messageId, allow_sending_without_reply: true },
    }),
  };
}

/** In the topic of a group where the file came from. */
export function inThread({ threadId }: Addressee) {
  return threadId === null ? {} : { message_thread_id: threadId };
}

/** An address that somebody spelt out, or that audio goes to, is no reason to show a picture of it. */
export const noPreview = { link_preview_options: { is_disabled: true } } as const;
