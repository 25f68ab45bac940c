import { z } from 'zod';
import type { Core } from '../core.ts';
import { maxInlineQueryLength } from '../limits.ts';
import type { InlineAnswer } from '../updates/answers.ts';
import { userOf } from './people.ts';
import { PersonError } from './person-error.ts';
import { findPerson, type PeopleApp, readJson } from './route.ts';
import { privatePlace } from './send.ts';

const querySchema = z.object({
  query: z.string().max(maxInlineQueryLength),
  offset: z.string().default(''),
});

const choiceSchema = z.object({ query_id: z.string(), result_id: z.string() });

/**
 * Adds the routes for inline queries (`@bot words` in any chat) and for the chosen result, which becomes a
 * message in the chat with the bot.
 */
export function addInlineRoutes(app: PeopleApp, core: Core): void {
  /** Answers so far, while the playground runs: a person may choose from them. */
  const answers = new Map<string, InlineAnswer>();

  app.post('/people/:id/inline', async (c) => {
    const { query, offset } = await readJson(c, querySchema);
    const person = findPerson(core, c);
    const asked = core.inlineQueries.open();
    core.updates.add(person.id, {
      inline_query: { id: asked.id, from: userOf(person), query, offset, chat_type: 'private' },
    });
    const answer = await asked.answered;
    if (answer === null) return c.json({ answered: false });
    answers.set(asked.id, answer);
    return c.json({ answered: true, query_id: asked.id, ...answer });
  });

  app.post('/people/:id/inline/choices', async (c) => {
    const { query_id, result_id } = await readJson(c, choiceSchema);
    const person = findPerson(core, c);
    const result = answers.get(query_id)?.results.find(({ id }) => id === result_id);
    if (result === undefined) throw new PersonError(400, 'There is no such result.');
    return c.json(privatePlace(core, person).post({ ...result.message, via_bot: core.bot }), 201);
  });
}
