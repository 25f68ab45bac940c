import { unixTime } from '../conversation.ts';
import type { Core } from '../core.ts';
import { BotApiError, badRequest } from '../methods/bot-api-error.ts';
import type { Parameters } from '../methods/parameters.ts';
import type { Connection } from '../state/private-chat.ts';
import { type BusinessChat, businessChatsOf, privateChatOf } from './business-chat.ts';

/** Seconds after the friend's last message in which the bot may write (BusinessBotRights, `can_reply`). */
const replyWindowS = 24 * 60 * 60;

/**
 * Returns the connection that a call names.
 * @throws BotApiError when there is none with this id
 */
export function readConnection(core: Core, parameters: Parameters): Connection {
  const connection = core.state.connections.get(parameters.text('business_connection_id'));
  if (connection === undefined) throw badRequest('BUSINESS_CONNECTION_INVALID');
  return connection;
}

/**
 * Returns the chat into which a call writes as a connected account; null when it names no connection.
 * @throws BotApiError in Telegram's words (core.telegram.org/method/messages.sendMessage): for an unknown or
 * ended connection, a chat that it does not show, without the right to answer, and when the friend has written
 * nothing in the last 24 hours
 */
export function readBusinessChat(core: Core, parameters: Parameters): BusinessChat | null {
  if (parameters.text('business_connection_id') === '') return null;
  const connection = readConnection(core, parameters);
  if (!connection.isEnabled) throw badRequest('BUSINESS_CONNECTION_INVALID');
  const text = parameters.text('chat_id').trim();
  if (text === '') throw badRequest('chat_id is empty');
  const friendId = Number(text);
  if (friendId < 0) throw badRequest('chat must be a private chat');
  if (friendId === connection.userId) throw badRequest('messages must not be sent to self');
  const chat = privateChatOf(core.state, connection.userId, friendId);
  const found = chat && businessChatsOf(core.state, chat).find((one) => one.connection.id === connection.id);
  if (!found) throw badRequest('BUSINESS_PEER_INVALID');
  if (!connection.canReply) throw new BotApiError(403, 'Forbidden: BOT_ACCESS_FORBIDDEN');
  if (!hasWrittenLately(core, found)) throw badRequest('BUSINESS_PEER_USAGE_MISSING');
  return found;
}

function hasWrittenLately(core: Core, { id, friend }: BusinessChat): boolean {
  const since = unixTime() - replyWindowS;
  return [...core.state.chat(id).messages.values()].some(
    ({ message }) => message.from?.id === friend.id && message.date > since,
  );
}
