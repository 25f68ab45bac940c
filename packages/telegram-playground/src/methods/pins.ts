import type { Core, Method } from '../core.ts';
import { isGroup, type Peer } from '../state/state.ts';
import { badRequest } from './bot-api-error.ts';
import { readMessage, readWritableChat } from './lookup.ts';
import type { Parameters } from './parameters.ts';

const pinChatMessage: Method = (core, parameters) => {
  const peer = readPinnable(core, parameters);
  const stored = readMessage(core, parameters, peer, 'message to pin');
  if (stored.service) throw badRequest("message can't be pinned");
  // "Notifications are always disabled in channels and private chats" (pinChatMessage).
  const silent = !isGroup(peer) || parameters.flag('disable_notification');
  core.conversation.pin(peer, stored, core.bot, { silent });
  return { result: true };
};

const unpinChatMessage: Method = (core, parameters) => {
  const peer = readPinnable(core, parameters);
  const { pinned } = core.state.chat(peer.id);
  // Without a number: "the most recent pinned message (by sending date)".
  const messageId =
    parameters.text('message_id') === ''
      ? pinned.at(-1)
      : readMessage(core, parameters, peer, 'message to unpin').message.message_id;
  if (messageId === undefined || !pinned.includes(messageId)) throw badRequest('message to unpin not found');
  core.conversation.unpin(
    peer.id,
    pinned.filter((id) => id !== messageId),
  );
  return { result: true };
};

const unpinAllChatMessages: Method = (core, parameters) => {
  core.conversation.unpin(readPinnable(core, parameters).id, []);
  return { result: true };
};

/** The methods that pin and unpin messages. */
export const pinMethods = { pinChatMessage, unpinChatMessage, unpinAllChatMessages } as const;

/**
 * Returns the chat of a call.
 * @throws BotApiError for a group in which the bot is no administrator
 */
function readPinnable(core: Core, parameters: Parameters): Peer {
  const peer = readWritableChat(core, parameters);
  if (isGroup(peer) && peer.bot !== 'administrator')
    throw badRequest('not enough rights to manage pinned messages in the chat');
  return peer;
}
