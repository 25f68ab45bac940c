import type { Addressee } from '../app/ports/lanes.ts';

/**
 * Returns the parameters of a reply to the user's message, in its topic. The message is sent even
 * when that one was deleted.
 */
export function asReply(to: Addressee) {
  return {
    ...inThread(to),
    // Messages of a group before its migration cannot be replied to.
    ...(to.messageId > 0 && {
      reply_parameters: { message_id: to.messageId, allow_sending_without_reply: true },
    }),
  };
}

/** Returns the parameter of the group's topic that the upload came from. */
export function inThread({ threadId }: Addressee) {
  return threadId === null ? {} : { message_thread_id: threadId };
}

/** Parameters that switch off the preview: an address in a message needs no picture. */
export const noPreview = { link_preview_options: { is_disabled: true } } as const;
