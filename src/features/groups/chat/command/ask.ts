import type { ExternalReplyInfo, Message } from 'grammy/types';
import { linkIn } from '../../../../bot/link-upload.ts';
import { attachmentOf } from '../../../../bot/upload.ts';

/** A message in a group that addresses the bot. */
export type Ask = {
  /** A mention may be part of a conversation; a command never is. */
  readonly how: 'command' | 'mention';
  /** The message with the upload or link: this one or the replied one; null when neither has any. */
  readonly audio: Message | null;
  /** The other words of the message, such as "vira fa". */
  readonly words: string;
};

/**
 * Returns what a group message asks of the bot with this username; null when it does not address
 * the bot.
 */
export function askIn(message: Message, username: string): Ask | null {
  const text = message.text ?? message.caption ?? '';
  const name = `@${username.toLowerCase()}`;
  for (const { type, offset, length } of message.entities ?? message.caption_entities ?? []) {
    const word = text.slice(offset, offset + length).toLowerCase();
    const isCommand = type === 'bot_command' && ['/transcribe', `/transcribe${name}`].includes(word);
    if (!isCommand && !(type === 'mention' && word === name)) continue;
    return {
      how: isCommand ? 'command' : 'mention',
      audio: audioIn(message),
      words: `${text.slice(0, offset)} ${text.slice(offset + length)}`,
    };
  }
  return null;
}

function audioIn(message: Message): Message | null {
  const { reply_to_message: replied, external_reply: elsewhere } = message;
  const candidates = [message, replied, elsewhere && quoted(message, elsewhere)];
  return candidates.find((one) => one !== undefined && hasAudio(one)) ?? null;
}

/**
 * Returns the content that a reply to another topic or chat quotes, as a message; the answer goes
 * to the reply.
 */
function quoted(message: Message, { origin, ...elsewhere }: ExternalReplyInfo): Message {
  const { message_id, chat, message_thread_id } = message;
  return { ...message, ...elsewhere, forward_origin: origin, message_id, chat, message_thread_id } as Message;
}

function hasAudio(message: Message): boolean {
  return attachmentOf(message) !== undefined || linkIn(message) !== null;
}
