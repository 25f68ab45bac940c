import { type ShownMessage, unixTime } from '../conversation.ts';
import type { Core } from '../core.ts';
import { userOf } from './people.ts';
import { PersonError } from './person-error.ts';
import type { Place } from './send.ts';

/**
 * Forwards a message of a chat: the same file under the same ids, with its origin.
 * @param chatId the chat that it is in: a person's with the bot, which may be another's, or a group
 */
export function forwardMessage(core: Core, place: Place, chatId: number, messageId: number): ShownMessage {
  const stored = core.conversation.find(chatId, messageId);
  const author = core.state.people.get(chatId);
  const from = stored?.message.from ?? (author && userOf(author));
  if (!stored || !from) throw new PersonError(404, 'There is no such message.');
  const {
    message_id: _,
    chat: __,
    from: ______,
    date,
    reply_to_message: ___,
    reply_markup: ____,
    edit_date: _____,
    ...content
  } = stored.message as ShownMessage & { edit_date?: number };
  return place.post({
    ...content,
    forward_origin: content.forward_origin ?? { type: 'user', sender_user: from, date: date ?? unixTime() },
  });
}
