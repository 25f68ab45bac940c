import type { Chat, Message, ReactionType, Update, User } from '@grammyjs/types';
import { type BusinessChat, businessChatsOf, overConnection } from './business/business-chat.ts';
import type { EventHub } from './events.ts';
import { groupChat } from './groups/groups.ts';
import { chatOf, userOf } from './people/people.ts';
import type { Group } from './state/group.ts';
import type { Journal } from './state/journal.ts';
import type { PrivateChat } from './state/private-chat.ts';
import { isGroup, type Peer, type Person, type State, type StoredMessage } from './state/state.ts';
import type { Tally } from './testing/counts.ts';
import type { UpdateContent, UpdateQueue } from './updates/queue.ts';

/** The fields of a message beside its id, date, chat and sender. */
export type MessageContent = Partial<Omit<Message, 'message_id' | 'date' | 'chat' | 'from'>>;

/** A message as a person's page gets it. */
export type ShownMessage = Message & {
  readonly reactions: readonly ReactionType[];
  /** There when it was sent with disable_notification. */
  readonly silent?: true;
};

/** What a message of the bot is beside its content. */
export interface SendFlags {
  /** It has a reply keyboard and can't be edited. */
  readonly frozen?: boolean;
  /** It makes no sound. */
  readonly silent?: boolean;
}

/** A page of a chat's history, oldest message first. */
export interface HistoryPage {
  readonly messages: readonly ShownMessage[];
  /** True when there are older messages. */
  readonly more: boolean;
  readonly pinned: readonly ShownMessage[];
}

/** A chat in the list of people and groups. */
export interface ChatSummary {
  readonly id: number;
  readonly unread: number;
  readonly last_message?: { readonly text: string; readonly date: number };
}

/** Sends, edits and deletes messages: records them in the journal and notifies the bot and the pages. */
export class Conversation {
  readonly #state: State;
  readonly #journal: Journal;
  readonly #events: EventHub;
  readonly #updates: UpdateQueue;
  readonly #bot: User;
  readonly #tally: Tally;

  constructor(
    state: State,
    journal: Journal,
    events: EventHub,
    updates: UpdateQueue,
    bot: User,
    tally: Tally,
  ) {
    this.#state = state;
    this.#journal = journal;
    this.#events = events;
    this.#updates = updates;
    this.#bot = bot;
    this.#tally = tally;
  }

  /** Returns a message of the chat, or undefined when it does not exist or has been deleted. */
  find(chatId: number, messageId: number): StoredMessage | undefined {
    return this.#state.chats.get(chatId)?.messages.get(messageId);
  }

  /** Sends a message of the bot; over a connection in the name of the account's owner. */
  postFromBot(
    peer: Peer | BusinessChat,
    content: MessageContent,
    { frozen = false, silent = false }: SendFlags = {},
  ): Message {
    if ('connection' in peer) return this.#postAsOwner(peer, content, { frozen, silent });
    const message = this.#newMessage(chatOfPeer(peer), this.#bot, content);
    if (!silent) this.#tally.sound(peer.id, message.media_group_id);
    this.#keep(peer, { message, fromBot: true, reactions: [], frozen, ...(silent && { silent }) });
    return message;
  }

  /** Sends a message of a person to the bot, which gets an update. */
  postFromPerson(person: Person, content: MessageContent): ShownMessage {
    const message = this.#newMessage(chatOf(person), userOf(person), content);
    const stored = { message, fromBot: false, reactions: [], frozen: false };
    this.#keep(person, stored);
    this.#updates.add(person.id, { message: { ...message, chat: chatOf(person), from: userOf(person) } });
    return shown(stored);
  }

  /**
   * Sends a message of people, or of Telegram itself, into a group.
   * @param seen whether the bot gets an update of it
   * @param service whether it is a message of Telegram itself
   */
  postInGroup(
    group: Group,
    from: User,
    content: MessageContent,
    seen: boolean,
    service = false,
  ): ShownMessage {
    const message = this.#newMessage(groupChat(group), from, content);
    const stored = { message, fromBot: false, reactions: [], frozen: false, ...(service && { service }) };
    this.#keep(group, stored);
    if (seen) this.#updates.add(group.id, { message: message as NonNullable<Update['message']> });
    return shown(stored);
  }

  /**
   * Sends a message of one of two people in their chat. The bot gets it over each connection that shows the chat.
   * @param ageS for how many seconds it has been there already
   */
  postInPrivateChat(chat: PrivateChat, from: User, content: MessageContent, ageS = 0): ShownMessage {
    const whole = this.#newMessage(this.#chatOfTwo(chat), from, content);
    const message = { ...whole, date: whole.date - ageS };
    const stored = { message, fromBot: false, reactions: [], frozen: false };
    this.#keep(chat, stored);
    this.#tellConnections(chat.id, (one) => ({
      business_message: overConnection(one, message) as NonNullable<Update['business_message']>,
    }));
    return shown(stored);
  }

  /**
   * Pins a message. The bot gets the service message even when it pinned the message itself, as at Telegram
   * (Client.cpp of tdlib/telegram-bot-api, need_skip_update_message).
   * @param seen whether the bot gets an update of it
   */
  pin(peer: Peer, { message }: StoredMessage, by: User, { silent = true, seen = true } = {}): void {
    const { pinned } = this.#state.chat(peer.id);
    const messageIds = [...new Set([...pinned, message.message_id])].sort((a, b) => a - b);
    this.#journal.record({ fact: 'pinned', chatId: peer.id, messageIds });
    const service = this.#newMessage(chatOfPeer(peer), by, { pinned_message: asReply(message) });
    if (!silent) this.#tally.sound(peer.id, undefined);
    const fromBot = by.id === this.#bot.id;
    this.#keep(peer, { message: service, fromBot, reactions: [], frozen: true, silent, service: true });
    if (seen) this.#updates.add(peer.id, { message: service as NonNullable<Update['message']> });
    this.#events.send(peer.id, 'pinned', this.pinned(peer.id));
  }

  /** Leaves only the given messages pinned; nobody gets a message of it. */
  unpin(chatId: number, remaining: readonly number[]): void {
    this.#journal.record({ fact: 'pinned', chatId, messageIds: remaining });
    this.#events.send(chatId, 'pinned', this.pinned(chatId));
  }

  /** Returns the pinned messages of a chat, in the order in which they were sent. */
  pinned(chatId: number): readonly ShownMessage[] {
    return this.#state.chat(chatId).pinned.flatMap((id) => {
      const stored = this.find(chatId, id);
      return stored ? [shown(stored)] : [];
    });
  }

  /**
   * Replaces an existing message. The bot gets an update when it is a person's.
   * @param seen whether the bot gets an update of a message in a group
   * @param by id of the connection over which the bot edits
   */
  edit(stored: StoredMessage, message: Message, seen = false, by?: string): Message {
    const edited: Message = { ...message, edit_date: unixTime() };
    const chatId = message.chat.id;
    this.#journal.record({ fact: 'message', chatId, stored: { ...stored, message: edited } });
    this.#events.send(chatId, 'edit', shown({ ...stored, message: edited }));
    // The list of people shows the last message.
    if (message.message_id === this.#state.chat(chatId).lastMessageId) this.announce(chatId);
    const tellConnections = (one: BusinessChat) => ({
      edited_business_message: overConnection(one, edited) as NonNullable<Update['edited_business_message']>,
    });
    this.#tellConnections(chatId, tellConnections, by);
    const person = this.#state.people.get(chatId);
    if (!stored.fromBot && person) {
      const update = { ...edited, edit_date: unixTime(), chat: chatOf(person), from: userOf(person) };
      this.#updates.add(chatId, { edited_message: update });
    } else if (seen) {
      this.#updates.add(chatId, { edited_message: edited as NonNullable<Update['edited_message']> });
    }
    return edited;
  }

  /** Deletes a message for both sides; the bot gets no update, as at Telegram, except over connections. */
  delete(chatId: number, messageId: number): void {
    const wasPinned = this.#state.chat(chatId).pinned.includes(messageId);
    this.#journal.record({ fact: 'message-deleted', chatId, messageId });
    this.#tellConnections(chatId, ({ connection, friend }) => ({
      deleted_business_messages: {
        business_connection_id: connection.id,
        chat: chatOf(friend),
        message_ids: [messageId],
      },
    }));
    this.#events.send(chatId, 'delete', { message_id: messageId });
    if (wasPinned) this.#events.send(chatId, 'pinned', this.pinned(chatId));
    this.announce(chatId);
  }

  /** Sets the bot's reactions on a message. */
  react(chatId: number, stored: StoredMessage, reactions: readonly ReactionType[]): void {
    this.#journal.record({ fact: 'message', chatId, stored: { ...stored, reactions } });
    this.#events.send(chatId, 'reaction', { message_id: stored.message.message_id, reactions });
  }

  /**
   * Returns a page of a chat's history, oldest first; reading the newest page marks the chat as read.
   * @param topic only messages of this topic
   */
  history(chatId: number, before: number | undefined, limit: number, topic?: number): HistoryPage {
    const chat = this.#state.chat(chatId);
    const older = [...chat.messages.values()].filter(
      ({ message }) =>
        (before === undefined || message.message_id < before) &&
        (topic === undefined || message.message_thread_id === topic),
    );
    if (before === undefined) this.markRead(chatId);
    return {
      messages: older.slice(-limit).map(shown),
      more: older.length > limit,
      pinned: this.pinned(chatId),
    };
  }

  /** Marks a chat as read. */
  markRead(chatId: number): void {
    const chat = this.#state.chat(chatId);
    if (chat.readUpTo === chat.lastMessageId) return;
    const wasUnread = this.summary(chatId).unread > 0;
    this.#journal.record({ fact: 'read', chatId, messageId: chat.lastMessageId });
    if (wasUnread) this.announce(chatId);
  }

  /** Returns the unread count and last message of a chat. */
  summary(chatId: number): ChatSummary {
    const chat = this.#state.chat(chatId);
    const messages = [...chat.messages.values()];
    const last = messages.at(-1)?.message;
    return {
      id: chatId,
      unread: messages.filter(({ message, fromBot }) => fromBot && message.message_id > chat.readUpTo).length,
      ...(last && { last_message: { text: preview(last), date: last.date } }),
    };
  }

  /** Sends a chat's unread count and last message to every page. */
  announce(chatId: number): void {
    this.#events.send(null, 'unread', this.summary(chatId));
  }

  #postAsOwner(to: BusinessChat, content: MessageContent, flags: Required<SendFlags>): Message {
    const chat = this.#state.privateChats.get(to.id);
    if (!chat) throw new Error('the chat of a connection is missing');
    const message = this.#newMessage(this.#chatOfTwo(chat), userOf(to.owner), {
      ...content,
      sender_business_bot: this.#bot,
    });
    if (!flags.silent) this.#tally.sound(to.id, message.media_group_id);
    this.#keep(chat, { message, fromBot: true, reactions: [], ...flags });
    // The bot gets no update of its own message, except over the connection of the friend.
    const tellConnections = (one: BusinessChat) => ({
      business_message: overConnection(one, message) as NonNullable<Update['business_message']>,
    });
    this.#tellConnections(chat.id, tellConnections, to.connection.id);
    return overConnection(to, message);
  }

  /** Queues an update for each connection that shows a chat of two people, except for the one with the id `by`. */
  #tellConnections(chatId: number, update: (one: BusinessChat) => UpdateContent, by?: string): void {
    const chat = this.#state.privateChats.get(chatId);
    for (const one of chat ? businessChatsOf(this.#state, chat) : []) {
      if (one.connection.id !== by) this.#updates.add(chatId, update(one));
    }
  }

  /** Returns the chat of two people as it is stored; the bot gets it from one side (overConnection). */
  #chatOfTwo({ id, people }: PrivateChat): Chat.PrivateChat {
    const names = people.map((one) => this.#state.people.get(one)?.first_name ?? '');
    return { id, type: 'private', first_name: names.join(' · ') };
  }

  #newMessage(chat: Chat, from: User, content: MessageContent): Message {
    const message_id = this.#state.chat(chat.id).lastMessageId + 1;
    return { message_id, from, chat, date: unixTime(), ...content } as Message;
  }

  #keep(peer: { readonly id: number }, stored: StoredMessage): void {
    this.#journal.record({ fact: 'message', chatId: peer.id, stored });
    // An open page shows the message at once, so it counts as read.
    const { lastMessageId } = this.#state.chat(peer.id);
    if (this.#events.isWatching(peer.id) || !stored.fromBot) {
      this.#journal.record({ fact: 'read', chatId: peer.id, messageId: lastMessageId });
    }
    this.#events.send(peer.id, 'message', shown(stored));
    this.announce(peer.id);
  }
}

function chatOfPeer(peer: Peer): Chat {
  return isGroup(peer) ? groupChat(peer) : chatOf(peer);
}

/** Returns a message as a page shows it. */
export function shown(stored: StoredMessage): ShownMessage {
  return { ...stored.message, reactions: stored.reactions, ...(stored.silent && { silent: true }) };
}

/** Returns a replied-to message, which carries no further reply (Message.reply_to_message). */
export function asReply(message: Message): NonNullable<Message['reply_to_message']> {
  const { reply_to_message: _, ...rest } = message;
  return rest as NonNullable<Message['reply_to_message']>;
}

/** Returns the Unix time in whole seconds. */
export function unixTime(): number {
  return Math.floor(Date.now() / 1000);
}

/** Symbols of the kinds of messages in the list of chats. */
const symbols: readonly (readonly [keyof Message, string])[] = [
  ['voice', '🎤'],
  ['audio', '🎵'],
  ['video', '🎬'],
  ['video_note', '🎬'],
  ['photo', '🖼'],
  ['contact', '👤'],
  ['location', '📍'],
  ['poll', '📊'],
  ['pinned_message', '📌'],
  ['new_chat_members', '👋'],
  ['left_chat_member', '👋'],
  ['forum_topic_created', '#'],
];

function preview(message: Message): string {
  const named =
    message.audio?.file_name ??
    message.video?.file_name ??
    message.document?.file_name ??
    message.contact?.first_name ??
    message.poll?.question ??
    message.forum_topic_created?.name;
  const symbol = message.sticker?.emoji ?? symbols.find(([kind]) => kind in message)?.[1] ?? '📎';
  const text = message.text ?? `${symbol} ${message.caption ?? named ?? ''}`.trim();
  return [...text].slice(0, 120).join('');
}
