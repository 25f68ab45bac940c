import { z } from 'zod';
import type { Core } from '../core.ts';
import { groupPlace } from '../groups/post.ts';
import { maxInlineQueryLength } from '../limits.ts';
import type { InlineAnswer } from '../updates/answers.ts';
import { userOf } from './people.ts';
import { PersonError } from './person-error.ts';
import { findPerson, type PeopleApp, readJson } from './route.ts';
import { privatePlace } from './send.ts';

const querySchema = z.object({
  query: z.string().max(maxInlineQueryLength),
  offset: z.string().default(''),
  /** The group in which the person writes; their chat with the bot when it is missing. */
  chat_id: z.int().optional(),
});

const choiceSchema = z.object({
  query_id: z.string(),
  result_id: z.string(),
  chat_id: z.int().optional(),
  message_thread_id: z.int().positive().optional(),
});

/**
 * Adds the routes for inline queries (`@bot words` in any chat) and for the chosen result, which becomes a
 * message in that chat.
 */
export function addInlineRoutes(app: PeopleApp, core: Core): void {
  /** Answers so far, while the playground runs: a person may choose from them. */
  const answers = new Map<string, InlineAnswer>();

  app.post('/people/:id/inline', async (c) => {
    const { query, offset, chat_id } = await readJson(c, querySchema);
    const person = findPerson(core, c);
    const asked = core.inlineQueries.open(person.id);
    core.updates.add(person.id, {
      inline_query: { id: asked.id, from: userOf(person), query, offset, chat_type: chatType(core, chat_id) },
    });
    const answer = await asked.answered;
    if (answer === null) return c.json({ answered: false });
    answers.set(asked.id, answer);
    return c.json({ answered: true, query_id: asked.id, ...answer });
  });

  app.post('/people/:id/inline/choices', async (c) => {
    const { query_id, result_id, chat_id, message_thread_id } = await readJson(c, choiceSchema);
    const person = findPerson(core, c);
    const result = answers.get(query_id)?.results.find(({ id }) => id === result_id);
    if (result === undefined) throw new PersonError(400, 'There is no such result.');
    const group = chat_id === undefined ? undefined : core.state.groups.get(chat_id);
    const place = group
      ? groupPlace(core, group, { person, as: 'self', topic: message_thread_id })
      : privatePlace(core, person);
    return c.json(place.post({ ...result.message, via_bot: core.bot }), 201);
  });
}

/** Returns the kind of chat as the bot gets it: `sender` for its own chat with the person (InlineQuery). */
function chatType(core: Core, chatId: number | undefined): 'sender' | 'group' | 'supergroup' {
  const group = chatId === undefined ? undefined : core.state.groups.get(chatId);
  return group?.type ?? 'sender';
}
