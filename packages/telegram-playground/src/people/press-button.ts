import type { Core } from '../core.ts';
import { groupChat } from '../groups/groups.ts';
import { maxCallbackDataBytes } from '../limits.ts';
import { isGroup, type Peer, type Person } from '../state/state.ts';
import type { CallbackAnswer } from '../updates/answers.ts';
import { chatOf, userOf } from './people.ts';
import { PersonError } from './person-error.ts';

/** A press of an inline button in a chat. */
type Press = {
  readonly person: Person;
  readonly peer: Peer;
  readonly messageId: number;
  readonly data: string;
  /** True sends data that is on no button, as a modified client could. */
  readonly forged: boolean;
};

/**
 * Presses an inline button and waits for the bot's answer.
 * @returns null when the bot does not answer in time
 */
export async function pressButton(
  core: Core,
  { person, peer, messageId, data, forged }: Press,
): Promise<CallbackAnswer | null> {
  const stored = core.conversation.find(peer.id, messageId);
  const buttons = stored?.message.reply_markup?.inline_keyboard.flat() ?? [];
  const onMessage = buttons.some((button) => 'callback_data' in button && button.callback_data === data);
  if (!onMessage && !forged) throw new PersonError(400, 'There is no such button on that message.');
  if (Buffer.byteLength(data) > maxCallbackDataBytes)
    throw new PersonError(400, 'Callback data has 64 bytes at most.');

  const query = core.callbacks.open(peer.id);
  core.updates.add(peer.id, {
    callback_query: {
      id: query.id,
      from: userOf(person),
      // A deleted message is inaccessible, which is marked by a date of 0 (InaccessibleMessage).
      message: stored?.message ?? {
        chat: isGroup(peer) ? groupChat(peer) : chatOf(peer),
        message_id: messageId,
        date: 0,
      },
      chat_instance: String(peer.id * 7_919),
      data,
    },
  });
  const answer = await query.answered;
  if (answer && !isGroup(peer)) {
    core.events.send(person.id, 'callback_answer', {
      message_id: messageId,
      text: answer.text ?? '',
      show_alert: answer.show_alert ?? false,
    });
  }
  return answer;
}
