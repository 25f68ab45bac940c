import { z } from 'zod';
import type { Core } from '../core.ts';
import { forwardMessage } from './forward.ts';
import { PersonError } from './person-error.ts';
import { pressButton } from './press-button.ts';
import { findPerson, type PeopleApp, readJson } from './route.ts';
import { editPersonMessage, privatePlace, sendText } from './send.ts';

const textSchema = z.object({
  text: z.string(),
  reply_to_message_id: z.int().positive().optional(),
  forward: z.string().max(256).optional(),
});
/** A press, as people's clients send it. */
export const pressSchema = z.object({
  message_id: z.int(),
  data: z.string(),
  forged: z.boolean().default(false),
});

const forwardSchema = z.object({ message_id: z.int(), chat_id: z.int().optional() });

/** Adds the routes for people's texts, edits, deletions and presses of buttons. */
export function addMessageRoutes(app: PeopleApp, core: Core): void {
  app.get('/people/:id/messages', (c) => {
    const before = Number(c.req.query('before') ?? Number.NaN);
    const limit = Number(c.req.query('limit') ?? 50);
    const cut = Number.isFinite(limit) ? Math.min(Math.max(Math.trunc(limit), 1), 200) : 50;
    return c.json(
      core.conversation.history(findPerson(core, c), Number.isFinite(before) ? before : undefined, cut),
    );
  });
  app.post('/people/:id/messages', async (c) => {
    const { text, reply_to_message_id, forward } = await readJson(c, textSchema);
    const options = { replyToMessageId: reply_to_message_id, forward };
    return c.json(sendText(core, privatePlace(core, findPerson(core, c)), text, options), 201);
  });
  app.post('/people/:id/forwards', async (c) => {
    const { message_id, chat_id } = await readJson(c, forwardSchema);
    const person = findPerson(core, c);
    return c.json(forwardMessage(core, privatePlace(core, person), chat_id ?? person.id, message_id), 201);
  });
  app.patch('/people/:id/messages/:messageId', async (c) => {
    const { text } = await readJson(c, z.object({ text: z.string() }));
    return c.json(editPersonMessage(core, findPerson(core, c), Number(c.req.param('messageId')), text));
  });
  app.delete('/people/:id/messages/:messageId', (c) => {
    const person = findPerson(core, c);
    const messageId = Number(c.req.param('messageId'));
    if (!core.conversation.find(person.id, messageId))
      throw new PersonError(404, 'There is no such message.');
    core.conversation.delete(person.id, messageId);
    return c.body(null, 204);
  });
  app.post('/people/:id/callbacks', async (c) => {
    const { message_id, data, forged } = await readJson(c, pressSchema);
    const person = findPerson(core, c);
    const answer = await pressButton(core, { person, peer: person, messageId: message_id, data, forged });
    return c.json(answer ? { answered: true, ...answer } : { answered: false });
  });
}
