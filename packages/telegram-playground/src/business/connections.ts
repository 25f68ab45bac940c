import { randomBytes } from 'node:crypto';
import type { BusinessConnection } from '@grammyjs/types';
import { unixTime } from '../conversation.ts';
import type { Core } from '../core.ts';
import { userOf } from '../people/people.ts';
import type { Connection, PrivateChat } from '../state/private-chat.ts';
import { firstPrivateChatId } from '../state/private-chat.ts';
import type { Person } from '../state/state.ts';
import { privateChatOf } from './business-chat.ts';

/** What a person chooses when they connect the bot. */
export type ConnectionChoice = Pick<Connection, 'canReply' | 'chats' | 'people'>;

/** Returns the connection of a person's account; undefined while there is none. */
export function connectionOf(core: Core, person: Person): Connection | undefined {
  return [...core.state.connections.values()].find(
    ({ userId, isEnabled }) => userId === person.id && isEnabled,
  );
}

/** Connects the bot to a person's account, or changes the connection that is there; the bot gets an update. */
export function connect(core: Core, person: Person, choice: ConnectionChoice): Connection {
  const present = connectionOf(core, person);
  return keep(core, person, {
    id: present?.id ?? randomBytes(12).toString('base64url'),
    userId: person.id,
    date: present?.date ?? unixTime(),
    isEnabled: true,
    ...choice,
  });
}

/** Ends the connection of a person's account; the bot gets an update. */
export function disconnect(core: Core, person: Person): void {
  const present = connectionOf(core, person);
  if (present) keep(core, person, { ...present, isEnabled: false });
}

/** Returns a connection as the bot gets it. */
export function asBusinessConnection(core: Core, connection: Connection): BusinessConnection {
  const person = core.state.people.get(connection.userId);
  if (!person) throw new Error('the owner of a connection is missing');
  return {
    id: connection.id,
    user: userOf(person),
    user_chat_id: person.id,
    date: connection.date,
    ...(connection.isEnabled && { rights: connection.canReply ? { can_reply: true } : {} }),
    is_enabled: connection.isEnabled,
  };
}

/** Returns the chat of two people, which is made at the first call. */
export function openPrivateChat(core: Core, one: Person, other: Person): PrivateChat {
  const present = privateChatOf(core.state, one.id, other.id);
  if (present) return present;
  const id = Math.max(firstPrivateChatId - 1, ...core.state.privateChats.keys()) + 1;
  const chat: PrivateChat = { id, people: [one.id, other.id] };
  core.journal.record({ fact: 'private-chat', chat });
  core.conversation.announce(id);
  return chat;
}

function keep(core: Core, person: Person, connection: Connection): Connection {
  core.journal.record({ fact: 'connection', connection });
  core.updates.add(person.id, { business_connection: asBusinessConnection(core, connection) });
  return connection;
}
