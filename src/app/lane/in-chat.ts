import type { Addressee } from '../ports/lanes.ts';

/**
 * Returns an addressee for removing messages from a chat; it takes no replies.
 * @param id of the file, 0 where there is none
 */
export function inChat(id: number, chatId: number): Addressee {
  return {
    id,
    chatId,
    messageId: 0,
    threadId: null,
    statusMessageId: null,
    languageCode: null,
    announcedSeconds: null,
    engine: null,
  };
}
