import { readBusinessChat } from '../business/access.ts';
import type { BusinessChat } from '../business/business-chat.ts';
import type { Core } from '../core.ts';
import { groupFor, refuseSilenced } from '../groups/access.ts';
import { isGroup, type Peer, type StoredMessage } from '../state/state.ts';
import { badRequest, blockedByUser } from './bot-api-error.ts';
import type { Parameters } from './parameters.ts';

/**
 * Returns the chat that a call names: with a person, or a group in which the bot is.
 * @throws BotApiError "chat_id is empty" or "chat not found"; for a group 403 when the bot is not in it
 */
export function readChat(core: Core, parameters: Parameters, name = 'chat_id'): Peer {
  // Telegram serves more methods over a connection than the playground does.
  if (parameters.text('business_connection_id') !== '') throw badRequest('BUSINESS_CONNECTION_NOT_ALLOWED');
  const text = parameters.text(name).trim();
  if (text === '') throw badRequest('chat_id is empty');
  // Bots can't address people by @username.
  const id = /^-?\d{1,15}$/.test(text) ? Number(text) : 0;
  const peer = id < 0 ? groupFor(core, id) : core.state.people.get(id);
  if (!peer) throw badRequest('chat not found');
  return peer;
}

/**
 * Returns a chat like `readChat`, for calls that write into it.
 * @throws BotApiError 403 when the person has blocked the bot
 */
export function readWritableChat(core: Core, parameters: Parameters): Peer {
  const peer = readChat(core, parameters);
  if (isGroup(peer)) refuseSilenced(peer);
  else if (peer.blocked) throw blockedByUser();
  return peer;
}

/**
 * Returns where a call writes: a chat like `readWritableChat`, or, with `business_connection_id`, the chat of a
 * connected account with somebody.
 * @throws BotApiError as `readWritableChat` and `readBusinessChat`
 */
export function readPlace(core: Core, parameters: Parameters): Peer | BusinessChat {
  return readBusinessChat(core, parameters) ?? readWritableChat(core, parameters);
}

/**
 * Returns the message that a call names.
 * @param called Telegram's name for it in the refusal, such as "message to edit"
 */
export function readMessage(
  core: Core,
  parameters: Parameters,
  peer: { readonly id: number },
  called: string,
): StoredMessage {
  const messageId = parameters.integer('message_id', 0, 0, Number.MAX_SAFE_INTEGER);
  const stored = core.conversation.find(peer.id, messageId);
  if (!stored) throw badRequest(`${called} not found`);
  return stored;
}
