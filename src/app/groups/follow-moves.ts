import type { ChatId } from '../../domain/ids.ts';
import type { StatusView } from '../../domain/status.ts';
import { DeliveryError, type Replies } from '../ports/answers.ts';
import type { Addressee } from '../ports/lanes.ts';
import type { Groups } from './ports.ts';

/** Views that the person must get, even as another message; of the rest the next one comes soon. */
const lasting: ReadonlySet<StatusView['kind']> = new Set(['choosing', 'cancelled', 'completed', 'failed']);

/**
 * Replies that find a group again which has become a supergroup: Telegram says where it is now, its files and settings
 * are moved, and what was to be said is said there.
 */
export function followMoves(replies: Replies, groups: Pick<Groups, 'move'>): Replies {
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
    ...replies,
    showStatus: (to, view) =>
      follow(to, async (now) =>
        now.chatId === to.chatId || lasting.has(view.kind) ? replies.showStatus(now, view) : null,
      ),
    sendText: (to, message) => follow(to, (now) => replies.sendText(now, message)),
    sendFiles: (to, files) => follow(to, (now) => replies.sendFiles(now, files)),
  };
}

/** The messages of the old group stay there. */
function inNewGroup(to: Addressee, chatId: ChatId): Addressee {
  return { ...to, chatId, messageId: 0, threadId: null, statusMessageId: null };
}
