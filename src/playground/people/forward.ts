import { type ShownMessage, unixTime } from '../conversation.ts';
import type { Core } from '../core.ts';
import type { Person } from '../state/state.ts';
import { userOf } from './people.ts';
import { PersonError } from './person-error.ts';

/**
 * Forwards a message of a chat to the bot: the same file under the same ids, with where it came from.
 * @param chatId whose chat with the bot it stands in; a person may have it from somewhere else
 */
export function forwardMessage(core: Core, person: Person, chatId: number, messageId: number): ShownMessage {
  if (person.blocked) throw new PersonError(403, 'You have stopped the bot. Restart it to send messages.');
  const stored = core.conversation.find(chatId, messageId);
  const author = core.state.people.get(chatId);
  if (!stored || !author) throw new PersonError(404, 'There is no such message.');
  const {
    message_id: _,
    chat: __,
    from = userOf(author),
    date,
    reply_to_message: ___,
    reply_markup: ____,
    edit_date: _____,
    ...content
  } = stored.message as ShownMessage & { edit_date?: number };
  return core.conversation.postFromPerson(person, {
    ...content,
    forward_origin: content.forward_origin ?? { type: 'user', sender_user: from, date: date ?? unixTime() },
  });
}
