import type { Message } from '@grammyjs/types';
import { z } from 'zod';
import { overConnection } from '../business/business-chat.ts';
import { unixTime } from '../conversation.ts';
import type { Core, Method } from '../core.ts';
import { isGroup, type Peer, type StoredMessage } from '../state/state.ts';
import { badRequest } from './bot-api-error.ts';
import { captionContent, refuseUnchanged, textContent, withContent } from './content.ts';
import { readChat, readMessage, readPlace } from './lookup.ts';
import type { Parameters } from './parameters.ts';
import { readResponse } from './reply.ts';
import { readInlineMarkup, readReplyMarkup } from './reply-markup.ts';

/** Age up to which a bot may delete messages, in seconds: 48 hours (deleteMessage). */
const deletableS = 48 * 60 * 60;

const sendMessage: Method = (core, parameters) => {
  const content = textContent(
    parameters.text('text'),
    parameters.text('parse_mode'),
    parameters.json('entities'),
  );
  const markup = readReplyMarkup(parameters);
  const peer = readPlace(core, parameters);
  const reply = readResponse(core, parameters, peer);
  const message = core.conversation.postFromBot(
    peer,
    { ...reply, ...content, ...(markup.inline && { reply_markup: markup.inline }) },
    { frozen: markup.replyKeyboard, silent: parameters.flag('disable_notification') },
  );
  return { result: message };
};

const editMessageText: Method = (core, parameters) => {
  const content = textContent(
    parameters.text('text'),
    parameters.text('parse_mode'),
    parameters.json('entities'),
  );
  const stored = readEditable(core, parameters);
  if (stored.message.text === undefined) throw badRequest('there is no text in the message to edit');
  return replace(core, parameters, stored, withContent(stored.message, ['text', 'entities'], content));
};

const editMessageCaption: Method = (core, parameters) => {
  const content = captionContent(
    parameters.text('caption'),
    parameters.text('parse_mode'),
    parameters.json('caption_entities'),
  );
  const stored = readEditable(core, parameters);
  const { voice, audio, video, document, photo } = stored.message;
  if (!(voice ?? audio ?? video ?? document ?? photo))
    throw badRequest('there is no caption in the message to edit');
  return replace(
    core,
    parameters,
    stored,
    withContent(stored.message, ['caption', 'caption_entities'], content),
  );
};

const editMessageReplyMarkup: Method = (core, parameters) => {
  const stored = readEditable(core, parameters);
  return replace(core, parameters, stored, stored.message);
};

const deleteMessage: Method = (core, parameters) => {
  const peer = readChat(core, parameters);
  const stored = readMessage(core, parameters, peer, 'message to delete');
  if (!mayDelete(peer, stored)) throw badRequest("message can't be deleted");
  if (stored.message.date < unixTime() - deletableS)
    throw badRequest("message can't be deleted for everyone");
  core.conversation.delete(peer.id, stored.message.message_id);
  return { result: true };
};

/** Missing and too old messages are skipped, as at Telegram. */
const deleteMessages: Method = (core, parameters) => {
  const peer = readChat(core, parameters);
  const ids = z.array(z.number().int()).min(1).max(100).safeParse(parameters.json('message_ids'));
  if (!ids.success) throw badRequest('message identifiers are not specified');
  for (const id of ids.data) {
    const stored = core.conversation.find(peer.id, id);
    if (stored === undefined || stored.message.date < unixTime() - deletableS) continue;
    if (mayDelete(peer, stored)) core.conversation.delete(peer.id, id);
  }
  return { result: true };
};

/** The methods that send text, and edit and delete messages. */
export const messageMethods = {
  sendMessage,
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
} as const;

/** Returns whether the bot may delete a message: in a group only administrators delete others' messages. */
function mayDelete(peer: Peer, { fromBot }: StoredMessage): boolean {
  return fromBot || !isGroup(peer) || peer.bot === 'administrator';
}

/**
 * Returns the bot's own message that a call wants to change.
 * @throws BotApiError when there is none, or it can't be edited
 */
export function readEditable(core: Core, parameters: Parameters): StoredMessage {
  if (parameters.text('chat_id') === '' && parameters.text('message_id') === '') {
    // Inline messages have an identifier of their own, and the playground has none.
    throw badRequest(
      parameters.text('inline_message_id') === ''
        ? 'message identifier is not specified'
        : 'MESSAGE_ID_INVALID',
    );
  }
  const peer = readPlace(core, parameters);
  const stored = readMessage(core, parameters, peer, 'message to edit');
  if (!stored.fromBot || stored.frozen) throw badRequest("message can't be edited");
  return stored;
}

/** Replaces the content. An edit without `reply_markup` removes the keyboard, as at Telegram. */
export function replace(core: Core, parameters: Parameters, stored: StoredMessage, content: Message) {
  const markup = readInlineMarkup(parameters);
  const message = withContent(content, ['reply_markup'], markup ? { reply_markup: markup } : {});
  refuseUnchanged(stored.message, message);
  const place = readPlace(core, parameters);
  if (!('connection' in place)) return { result: core.conversation.edit(stored, message) };
  const edited = core.conversation.edit(stored, message, false, place.connection.id);
  return { result: overConnection(place, edited) };
}
