import type { ReactionType } from '@grammyjs/types';
import type { Method } from '../core.ts';
import { chatOf, userOf } from '../people/people.ts';
import { badRequest } from './bot-api-error.ts';
import { readChat, readMessage, readWritableChat } from './lookup.ts';
import { readReaction } from './reactions.ts';

/** The actions of sendChatAction. */
const chatActions: ReadonlySet<string> = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'record_audio',
  'upload_audio',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

const getMe: Method = (core) => ({
  result: {
    ...core.bot,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  },
});

const sendChatAction: Method = (core, parameters) => {
  const action = parameters.text('action').toLowerCase();
  if (!chatActions.has(action)) throw badRequest('wrong parameter action in request');
  const person = readWritableChat(core, parameters);
  core.events.send(person.id, 'action', { action });
  return { result: true };
};

const setMessageReaction: Method = (core, parameters) => {
  const value = parameters.jsonOr('reaction', "can't parse reaction types JSON object") ?? [];
  if (!Array.isArray(value)) throw badRequest('expected an Array of ReactionType');
  const reactions: ReactionType[] = value.map(readReaction);
  const person = readWritableChat(core, parameters);
  const stored = readMessage(core, parameters, person, 'message to react');
  // "Currently, as non-premium users, bots can set up to one reaction per message" (setMessageReaction).
  if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  core.conversation.react(person.id, stored, reactions);
  return { result: true };
};

const getChat: Method = (core, parameters) => {
  const person = readChat(core, parameters);
  return {
    result: {
      ...chatOf(person),
      ...(person.username !== undefined && { active_usernames: [person.username] }),
      accent_color_id: person.id % 7,
      max_reaction_count: 11,
      accepted_gift_types: {
        unlimited_gifts: true,
        limited_gifts: true,
        unique_gifts: true,
        premium_subscription: true,
        gifts_from_channels: true,
      },
    },
  };
};

const getChatMember: Method = (core, parameters) => {
  const person = readChat(core, parameters);
  const userId = parameters.integer('user_id', 0, 0, Number.MAX_SAFE_INTEGER);
  if (userId === person.id) return { result: { status: 'member', user: userOf(person) } };
  if (userId === core.bot.id) return { result: { status: 'member', user: core.bot } };
  throw badRequest(userId === 0 ? 'invalid user_id specified' : 'user not found');
};

const getChatAdministrators: Method = (core, parameters) => {
  readChat(core, parameters);
  throw badRequest('there are no administrators in the private chat');
};

const leaveChat: Method = (core, parameters) => {
  readChat(core, parameters);
  throw badRequest("chat member status can't be changed in private chats");
};

/** The methods about the bot itself and about chats. */
export const chatMethods = {
  getMe,
  sendChatAction,
  setMessageReaction,
  getChat,
  getChatMember,
  getChatAdministrators,
  leaveChat,
} as const;
