import type { ReactionType } from '@grammyjs/types';
import type { Core, Method } from '../core.ts';
import { leave } from '../groups/change.ts';
import { groupChat } from '../groups/groups.ts';
import { administratorsOf, memberOf } from '../groups/members.ts';
import { chatOf, userOf } from '../people/people.ts';
import { isGroup } from '../state/state.ts';
import { badRequest } from './bot-api-error.ts';
import { readChat, readMessage, readPlace, readWritableChat } from './lookup.ts';
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
    supports_inline_queries: true,
    can_connect_to_business: core.connectsToBusiness,
    has_main_web_app: false,
  },
});

const sendChatAction: Method = (core, parameters) => {
  const action = parameters.text('action').toLowerCase();
  if (!chatActions.has(action)) throw badRequest('wrong parameter action in request');
  const peer = readPlace(core, parameters);
  core.events.send(peer.id, 'action', { action });
  return { result: true };
};

const setMessageReaction: Method = (core, parameters) => {
  const value = parameters.jsonOr('reaction', "can't parse reaction types JSON object") ?? [];
  if (!Array.isArray(value)) throw badRequest('expected an Array of ReactionType');
  const reactions: ReactionType[] = value.map(readReaction);
  const peer = readWritableChat(core, parameters);
  const stored = readMessage(core, parameters, peer, 'message to react');
  // "Currently, as non-premium users, bots can set up to one reaction per message" (setMessageReaction).
  if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  core.conversation.react(peer.id, stored, reactions);
  return { result: true };
};

const getChat: Method = (core, parameters) => {
  const peer = readChat(core, parameters);
  return {
    result: {
      ...(isGroup(peer) ? groupChat(peer) : chatOf(peer)),
      ...('username' in peer && { active_usernames: [peer.username] }),
      ...pinnedIn(core, peer.id),
      accent_color_id: Math.abs(peer.id) % 7,
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

/** Returns the newest pinned message, by its sending date. */
function pinnedIn(core: Core, chatId: number) {
  const id = core.state.chat(chatId).pinned.at(-1);
  const stored = id === undefined ? undefined : core.conversation.find(chatId, id);
  return stored && { pinned_message: stored.message };
}

const getChatMember: Method = (core, parameters) => {
  const peer = readChat(core, parameters);
  const userId = parameters.integer('user_id', 0, 0, Number.MAX_SAFE_INTEGER);
  if (isGroup(peer)) return { result: memberOf(core, peer, userId) };
  if (userId === peer.id) return { result: { status: 'member', user: userOf(peer) } };
  if (userId === core.bot.id) return { result: { status: 'member', user: core.bot } };
  throw badRequest(userId === 0 ? 'invalid user_id specified' : 'user not found');
};

const getChatAdministrators: Method = (core, parameters) => {
  const peer = readChat(core, parameters);
  if (isGroup(peer)) return { result: administratorsOf(core, peer) };
  throw badRequest('there are no administrators in the private chat');
};

const leaveChat: Method = (core, parameters) => {
  const peer = readChat(core, parameters);
  if (isGroup(peer)) {
    leave(core, peer);
    return { result: true };
  }
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
