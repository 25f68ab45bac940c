import type { Chat, User } from '@grammyjs/types';
import type { Journal } from '../state/journal.ts';
import type { Person, State } from '../state/state.ts';

/** The first person of each language. On an operator's own machine these are the operator. */
const [sara, emma] = [100_000_001, 100_000_003];
export const firstPersonIds = [sara, emma] as const;

/** The people of a new playground. */
const firstPeople: readonly Omit<Person, 'blocked'>[] = [
  { id: sara, first_name: 'سارا', username: 'sara', language_code: 'fa' },
  { id: 100_000_002, first_name: 'Omid', last_name: 'امید', username: 'omid', language_code: 'fa' },
  { id: emma, first_name: 'Emma', username: 'emma', language_code: 'en' },
  { id: 100_000_004, first_name: 'Liam', username: 'liam', language_code: 'en' },
];

/** Adds the first people to an empty playground. */
export function seedPeople(state: State, journal: Journal): void {
  if (state.people.size > 0) return;
  for (const person of firstPeople) journal.record({ fact: 'person', person: { ...person, blocked: false } });
}

/** Adds a person with a new id. */
export function addPerson(
  state: State,
  journal: Journal,
  about: { readonly first_name: string; readonly language_code: string },
): Person {
  const person: Person = { id: Math.max(100_000_000, ...state.people.keys()) + 1, ...about, blocked: false };
  journal.record({ fact: 'person', person });
  return person;
}

/** Returns the person as a sender. */
export function userOf(person: Person): User {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.first_name,
    ...(person.last_name !== undefined && { last_name: person.last_name }),
    ...(person.username !== undefined && { username: person.username }),
    language_code: person.language_code,
  };
}

/** Returns the private chat with the person. */
export function chatOf(person: Person): Chat.PrivateChat {
  return {
    id: person.id,
    type: 'private',
    first_name: person.first_name,
    ...(person.last_name !== undefined && { last_name: person.last_name }),
    ...(person.username !== undefined && { username: person.username }),
  };
}
