// The names on messages: of senders, of those quoted, of those from whom a message was forwarded; and the
// sentences of Telegram's own messages.

import { translate } from './locale.js';

/** @import { Message, Origin, User } from './types.js' */
/**
 * The one who reads and the bot, as names depend on them.
 * @typedef {{ speakerId: number, botId: () => number, botName: () => string }} Reader
 */

/** @param {{ first_name: string, last_name?: string }} user */
export const fullName = ({ first_name: first, last_name: last }) =>
  [first, last].filter((one) => one).join(' ');

/** Returns whether the reader wrote the message themselves. @param {Message} message @param {Reader} reader */
export const isOwn = ({ from, sender_chat }, { speakerId }) => from?.id === speakerId && !sender_chat;

/** @param {User} user @param {Reader} reader */
const userName = (user, reader) => (user.id === reader.botId() ? reader.botName() : fullName(user));

/** Returns the name of a message's sender, "You" for the reader. @param {Message} message @param {Reader} reader */
export function senderName(message, reader) {
  if (isOwn(message, reader)) return translate('you');
  if (message.sender_chat?.title) return message.sender_chat.title;
  return message.from ? userName(message.from, reader) : '';
}

/** @param {Origin | undefined} origin @param {Reader} reader @returns {string} '' without an origin */
export function originName(origin, reader) {
  if (!origin) return '';
  if (origin.sender_user) return userName(origin.sender_user, reader);
  return origin.sender_user_name ?? origin.chat?.title ?? origin.sender_chat?.title ?? '';
}

/** Wraps a name so that its script does not reorder the sentence around it. @param {string} name */
export const isolated = (name) => `\u2068${name}\u2069`;

/**
 * Returns the sentence of a message of Telegram itself; null for any other message.
 * @param {Message} message @param {Reader} reader
 * @param {(message: Message) => string} summaryOf
 */
export function serviceText(message, reader, summaryOf) {
  const name = message.from ? isolated(userName(message.from, reader)) : '';
  const who = (/** @type {User[]} */ users) =>
    users.map((user) => isolated(userName(user, reader))).join(document.dir === 'rtl' ? '، ' : ', ');
  if (message.pinned_message)
    return translate('servicePinned', {
      name,
      text: isolated(summaryOf(message.pinned_message).slice(0, 60)),
    });
  if (message.new_chat_members)
    return translate('serviceAdded', { name, who: who(message.new_chat_members) });
  if (message.left_chat_member) return translate('serviceLeft', { who: who([message.left_chat_member]) });
  if (message.forum_topic_created)
    return translate('serviceTopic', { name, topic: isolated(message.forum_topic_created.name) });
  if (message.migrate_to_chat_id ?? message.migrate_from_chat_id) return translate('serviceMigrated');
  return null;
}
