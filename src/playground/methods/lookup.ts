import type { Core } from '../core.ts';
import type { Person, StoredMessage } from '../state/state.ts';
import { badRequest, blockedByUser } from './bot-api-error.ts';
import type { Parameters } from './parameters.ts';

/**
 * The person whose chat a call names.
 * @throws BotApiError "chat_id is empty" or "chat not found"
 */
export function readChat(core: Core, parameters: Parameters, name = 'chat_id'): Person {
  const text = parameters.text(name).trim();
  if (text === '') throw badRequest('chat_id is empty');
  // People can't be addressed by @username.
  const person = /^\d{1,15}$/.test(text) ? core.state.people.get(Number(text)) : undefined;
  if (!person) throw badRequest('chat not found');
  return person;
}

/** Like `readChat`, for calls that write into the chat: 403 when the person has blocked the bot. */
export function readWritableChat(core: Core, parameters: Parameters): Person {
  const person = readChat(core, parameters);
  if (person.blocked) throw blockedByUser();
  return person;
}

/**
 * The message that a call names.
 * @param called what Telegram calls it in its refusal, such as "message to edit"
 */
export function readMessage(
  core: Core,
  parameters: Parameters,
  person: Person,
  called: string,
): StoredMessage {
  const messageId = parameters.integer('message_id', 0, 0, Number.MAX_SAFE_INTEGER);
  const stored = core.conversation.find(person.id, messageId);
  if (!stored) throw badRequest(`${called} not found`);
  return stored;
}
