import type { Message } from '@grammyjs/types';
import { chatOf } from '../people/people.ts';
import type { Connection, PrivateChat } from '../state/private-chat.ts';
import type { Person, State } from '../state/state.ts';

/** A chat of two people as the bot sees it over a connection: the chat of the account's owner with a friend. */
export interface BusinessChat {
  /** Id of the chat of two people. */
  readonly id: number;
  readonly connection: Connection;
  readonly owner: Person;
  readonly friend: Person;
}

/** Returns a chat of two people over each connection that shows it to the bot. */
export function businessChatsOf(state: State, chat: PrivateChat): readonly BusinessChat[] {
  return [...state.connections.values()].flatMap((connection) => {
    const { userId, isEnabled } = connection;
    const owner = state.people.get(userId);
    const friend = state.people.get(chat.people.find((id) => id !== userId) ?? 0);
    if (!isEnabled || !chat.people.includes(userId) || !owner || !friend) return [];
    return shows(connection, friend.id) ? [{ id: chat.id, connection, owner, friend }] : [];
  });
}

/** Returns a message as the bot gets it over a connection: its chat is the one with the friend. */
export function overConnection({ connection, friend }: BusinessChat, message: Message): Message {
  const { reply_to_message: replied } = message;
  const chat = chatOf(friend);
  return {
    ...message,
    chat,
    business_connection_id: connection.id,
    ...(replied && { reply_to_message: { ...replied, chat } }),
  } as Message;
}

/** Returns the chat of two people with this pair, or undefined when they have none. */
export function privateChatOf(state: State, one: number, other: number): PrivateChat | undefined {
  return [...state.privateChats.values()].find(
    ({ people }) => people.includes(one) && people.includes(other) && one !== other,
  );
}

function shows({ chats, people }: Connection, friendId: number): boolean {
  if (chats === 'all') return true;
  return people.includes(friendId) === (chats === 'only');
}
