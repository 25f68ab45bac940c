import type { Addressee } from '../../app/ports/lanes.ts';
import { DeliveryError, type Messenger } from '../../app/ports/messenger.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Groups } from './store.ts';

/** Views that are sent as a new message after a move; the others are replaced soon anyway. */
const lasting: ReadonlySet<StatusView['kind']> = new Set(['choosing', 'cancelled', 'completed', 'failed']);

/**
 * Wraps a messenger so that its messages follow a group that becomes a supergroup: Telegram reports the new chat id, the group's
 * transcriptions and settings are moved to it, and the message is sent there.
 */
export function followMoves(messenger: Messenger, groups: Pick<Groups, 'move'>): Messenger {
  const follow = async <T>(to: Addressee, send: (to: Addressee) => Promise<T>): Promise<T> => {
    try {
      return await send(to);
    } catch (error) {
      const movedTo = error instanceof DeliveryError ? error.movedTo : null;
      if (movedTo === null) throw error;
      await groups.move(to.chatId, movedTo);
      return send(inNewGroup(to, movedTo));
    }
  };
  return {
    ...messenger,
    showStatus: (to, view, how) =>
      follow(to, async (addressee) =>
        addressee.chatId === to.chatId || (lasting.has(view.kind) && how === undefined)
          ? messenger.showStatus(addressee, view, how)
          : null,
      ),
    sendText: (to, message, hasSound) =>
      follow(to, (addressee) => messenger.sendText(addressee, message, hasSound)),
    sendFiles: (to, files) => follow(to, (addressee) => messenger.sendFiles(addressee, files)),
  };
}

/** Returns the addressee in the new chat, without message ids: the old messages stay in the old group. */
function inNewGroup(to: Addressee, chatId: ChatId): Addressee {
  return { ...to, chatId, messageId: 0, threadId: null, statusMessageId: null };
}
