import type { MessageOrigin } from '@grammyjs/types';
import { z } from 'zod';
import type { ShownMessage } from '../conversation.ts';
import type { Core } from '../core.ts';
import { channelChat } from '../groups/groups.ts';
import type { StoredMessage } from '../state/state.ts';
import { PersonError } from './person-error.ts';
import type { Place } from './send.ts';

/** Whom a forwarded message names: its author, only the author's name (of a hidden account), or a channel. */
const origins = ['user', 'hidden_user', 'channel'] as const;

/** The fields of a request that forwards a message. */
export const forwardFields = {
  message_id: z.int(),
  /** The chat that the message is in; the chat that it goes to when it is missing. */
  chat_id: z.int().optional(),
  origin: z.enum(origins).default('user'),
};

/**
 * Forwards a message of a chat: the same file under the same ids, with its origin. A message that was forwarded
 * before keeps its first origin.
 * @param chatId the chat that it is in: a person's with the bot, which may be another's, or a group
 */
export function forwardMessage(
  core: Core,
  place: Place,
  chatId: number,
  messageId: number,
  origin: (typeof origins)[number] = 'user',
): ShownMessage {
  const stored = core.conversation.find(chatId, messageId);
  if (!stored?.message.from) throw new PersonError(404, 'There is no such message.');
  if (stored.service) throw new PersonError(400, 'This message can’t be forwarded.');
  const {
    message_id: _,
    chat: __,
    from: ___,
    date: ____,
    sender_chat: _____,
    reply_to_message: ______,
    quote: _______,
    external_reply: ________,
    reply_markup: _________,
    edit_date: __________,
    media_group_id: ___________,
    message_thread_id: ____________,
    is_topic_message: _____________,
    via_bot: ______________,
    ...content
  } = stored.message;
  return place.post({
    ...content,
    forward_origin: content.forward_origin ?? originOf(stored, origin),
  } as Parameters<Place['post']>[0]);
}

function originOf({ message }: StoredMessage, type: (typeof origins)[number]): MessageOrigin {
  const { date, message_id, from } = message;
  switch (type) {
    case 'hidden_user': {
      const name = [from?.first_name, from?.last_name].filter((part) => part !== undefined).join(' ');
      return { type, sender_user_name: name, date };
    }
    case 'channel':
      return { type, chat: channelChat, message_id, date };
    case 'user':
      if (message.sender_chat?.type === 'channel')
        return { type: 'channel', chat: message.sender_chat, message_id, date };
      if (message.sender_chat) return { type: 'chat', sender_chat: message.sender_chat, date };
      if (!from) throw new PersonError(404, 'There is no such message.');
      return { type, sender_user: from, date };
  }
}
