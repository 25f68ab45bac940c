import type { Message, User } from '@grammyjs/types';
import { asReply, type MessageContent, type ShownMessage, unixTime } from '../conversation.ts';
import type { Core } from '../core.ts';
import { userOf } from '../people/people.ts';
import { PersonError } from '../people/person-error.ts';
import type { Place } from '../people/send.ts';
import type { Group } from '../state/group.ts';
import type { Person } from '../state/state.ts';
import { channelChat, groupChat, otherBot, standIns } from './groups.ts';

/**
 * The name under which a message is written: the person's, the group's, their channel's; or it is a channel's
 * post, or a bot's.
 */
export const senders = ['self', 'anonymous', 'channel', 'channel-post', 'bot'] as const;
export type Sender = (typeof senders)[number];

/** Who writes into a group, and where. */
export interface Writing {
  readonly person: Person;
  readonly as: Sender;
  /** A topic of a forum. */
  readonly topic?: number | undefined;
}

/**
 * Returns a group as a place to write into.
 * @throws PersonError for a person who is not in it, and for a closed topic
 */
export function groupPlace(core: Core, group: Group, { person, as, topic }: Writing): Place {
  const status = group.members[person.id] ?? 'left';
  if (status === 'left') throw new PersonError(403, 'You are not in this group.');
  const isAdmin = status !== 'member';
  if (as === 'anonymous' && !isAdmin) throw new PersonError(403, 'Only administrators can be anonymous.');
  const thread = group.topics.find(({ id }) => id === topic);
  if (topic !== undefined && (thread === undefined || thread.state === 'deleted'))
    throw new PersonError(400, 'There is no such topic.');
  if (thread?.state === 'closed' && !isAdmin) throw new PersonError(403, 'The topic is closed.');
  return {
    chatId: group.id,
    post: (content) => {
      const replying = acrossTopics(content, topic);
      return post(core, group, writerOf(person, as, group), { ...inTopic(core, group, topic), ...replying });
    },
  };
}

/**
 * Sends a service message of Telegram itself, such as that a member has joined; the bot gets it while it is
 * in the group.
 */
export function postService(core: Core, group: Group, from: User, content: MessageContent): ShownMessage {
  return core.conversation.postInGroup(group, from, content, isIn(group), true);
}

/** Returns whether the bot gets a message of a person: it is in the group, and its privacy mode lets it. */
export function seesMessage(core: Core, group: Group, content: MessageContent): boolean {
  return isIn(group) && sees(core, group, content);
}

/** Returns whether a person is an administrator of the group, or created it. */
export function isAdministrator(group: Group, personId: number): boolean {
  return ['creator', 'administrator'].includes(group.members[personId] ?? 'left');
}

/** Returns whether the bot is in the group. */
export function isIn({ bot }: Group): boolean {
  return bot !== 'left' && bot !== 'kicked';
}

function post(
  core: Core,
  group: Group,
  { from, content: about }: { readonly from: User; readonly content: MessageContent },
  content: MessageContent,
): ShownMessage {
  const whole = { ...content, ...about };
  // No bot ever gets another bot's message.
  const seen = from.id !== otherBot.id && seesMessage(core, group, whole);
  return core.conversation.postInGroup(group, from, whole, seen);
}

/**
 * Returns the fields of a message in a topic: it replies to the message that opened the topic, unless to
 * another.
 */
function inTopic(core: Core, group: Group, topic: number | undefined): MessageContent {
  if (topic === undefined) return {};
  const opening = core.conversation.find(group.id, topic)?.message;
  return {
    message_thread_id: topic,
    is_topic_message: true,
    ...(opening && { reply_to_message: asReply(opening) }),
  };
}

/**
 * Replaces a reply to a message of another topic: it carries that message's content, and no
 * `reply_to_message` (ExternalReplyInfo).
 */
function acrossTopics(content: MessageContent, topic: number | undefined): MessageContent {
  const { reply_to_message: replied, ...rest } = content;
  if (replied === undefined || replied.message_thread_id === topic) return content;
  const { message_id, chat, from, date, voice, audio, video, document } = replied;
  const media = Object.fromEntries(
    Object.entries({ voice, audio, video, document }).filter(([, file]) => file),
  );
  const origin = { type: 'user', sender_user: from, date };
  return {
    ...rest,
    external_reply: { origin, chat, message_id, ...media } as NonNullable<Message['external_reply']>,
  };
}

function writerOf(
  person: Person,
  as: Sender,
  group: Group,
): { readonly from: User; readonly content: MessageContent } {
  switch (as) {
    case 'self':
      return { from: userOf(person), content: {} };
    case 'anonymous':
      return { from: standIns.anonymous, content: { sender_chat: groupChat(group) } };
    case 'channel':
      return { from: standIns.channel, content: { sender_chat: channelChat } };
    case 'channel-post':
      return {
        from: standIns.automatic,
        content: {
          sender_chat: channelChat,
          is_automatic_forward: true,
          forward_origin: { type: 'channel', chat: channelChat, message_id: 1, date: unixTime() },
        },
      };
    case 'bot':
      return { from: otherBot, content: {} };
  }
}

/**
 * Returns whether the bot gets a message in spite of its privacy mode
 * (core.telegram.org/bots/features#privacy-mode, and @BotFather at /setprivacy): commands, mentions of it and
 * replies to it; as an administrator it gets all.
 */
function sees(core: Core, group: Group, content: MessageContent): boolean {
  if (group.bot === 'administrator') return true;
  const replied = content.reply_to_message;
  if (replied?.from?.id === core.bot.id) return true;
  const text = content.text ?? content.caption ?? '';
  const entities: Message['entities'] = content.entities ?? content.caption_entities ?? [];
  const name = `@${core.bot.username}`.toLowerCase();
  return entities.some(({ type, offset, length }) => {
    const word = text.slice(offset, offset + length).toLowerCase();
    if (type === 'mention') return word === name;
    // A command for another bot goes to that one.
    return type === 'bot_command' && (!word.includes('@') || word.endsWith(name));
  });
}
