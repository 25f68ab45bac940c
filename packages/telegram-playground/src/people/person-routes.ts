import { z } from 'zod';
import { unixTime } from '../conversation.ts';
import type { Core } from '../core.ts';
import { commandsFor } from '../methods/commands.ts';
import { profileText } from '../methods/profile.ts';
import type { Person } from '../state/state.ts';
import { addPerson, chatOf, userOf } from './people.ts';
import { eventStream, findPerson, type PeopleApp, readJson } from './route.ts';

const languageSchema = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/);
const newPersonSchema = z.object({
  first_name: z.string().trim().min(1).max(64),
  language_code: languageSchema,
});
const changeSchema = z.object({ blocked: z.boolean().optional(), language_code: languageSchema.optional() });

/** Adds the routes for the list of people, new people, blocking the bot, and the events of a chat. */
export function addPersonRoutes(app: PeopleApp, core: Core): void {
  app.get('/bot', (c) => {
    const { id, first_name, username } = core.bot;
    const language = c.req.query('language') ?? '';
    return c.json({
      id,
      first_name: profileText(core.state, 'name', language) || first_name,
      username,
      description: profileText(core.state, 'description', language),
      commands: commandsFor(core.state, undefined, language),
    });
  });
  app.get('/people', (c) => c.json([...core.state.people.values()].map((person) => listed(core, person))));
  app.post('/people', async (c) => {
    const person = addPerson(core.state, core.journal, await readJson(c, newPersonSchema));
    core.conversation.announce(person.id);
    return c.json(listed(core, person), 201);
  });
  app.patch('/people/:id', async (c) => {
    const person = findPerson(core, c);
    const change = await readJson(c, changeSchema);
    const changed: Person = {
      ...person,
      blocked: change.blocked ?? person.blocked,
      language_code: change.language_code ?? person.language_code,
    };
    core.journal.record({ fact: 'person', person: changed });
    if (changed.blocked !== person.blocked) announceMembership(core, changed);
    if (changed.language_code !== person.language_code) {
      core.events.send(person.id, 'commands', {
        commands: commandsFor(core.state, person.id, changed.language_code),
      });
    }
    return c.json(listed(core, changed));
  });
  app.get('/people/:id/events', (c) => {
    const person = findPerson(core, c);
    return eventStream(core, c, person.id);
  });
}

function listed(core: Core, person: Person) {
  const { blocked, ...about } = person;
  return { ...about, blocked, ...core.conversation.summary(person.id) };
}

/** Tells the bot that a person has stopped or restarted it. */
function announceMembership(core: Core, person: Person): void {
  const member = { user: core.bot, status: 'member' } as const;
  const kicked = { user: core.bot, status: 'kicked', until_date: 0 } as const;
  core.updates.add(person.id, {
    my_chat_member: {
      chat: chatOf(person),
      from: userOf(person),
      date: unixTime(),
      old_chat_member: person.blocked ? member : kicked,
      new_chat_member: person.blocked ? kicked : member,
    },
  });
}
