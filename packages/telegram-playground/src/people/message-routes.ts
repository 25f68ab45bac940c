import { z } from 'zod';
import type { Core } from '../core.ts';
import { attachmentSchema, sendAttachment } from './attachments.ts';
import { forwardFields, forwardMessage } from './forward.ts';
import { userOf } from './people.ts';
import { PersonError } from './person-error.ts';
import { pressButton } from './press-button.ts';
import { findPerson, type PeopleApp, readHistory, readJson } from './route.ts';
import { editMessageOf, privatePlace, sendText } from './send.ts';

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

const forwardSchema = z.object(forwardFields);
const attachedSchema = z.object({ attachment: attachmentSchema });
const pinSchema = z.object({ pinned: z.boolean() });

/** Adds the routes for people's texts, edits, deletions and presses of buttons. */
export function addMessageRoutes(app: PeopleApp, core: Core): void {
  app.get('/people/:id/messages', (c) => {
    const person = findPerson(core, c);
    return c.json(readHistory(core, c, person.id));
  });
  app.post('/people/:id/messages', async (c) => {
    const { text, reply_to_message_id, forward } = await readJson(c, textSchema);
    const options = { replyToMessageId: reply_to_message_id, forward };
    return c.json(sendText(core, privatePlace(core, findPerson(core, c)), text, options), 201);
  });
  app.post('/people/:id/forwards', async (c) => {
    const { message_id, chat_id, origin } = await readJson(c, forwardSchema);
    const person = findPerson(core, c);
    const place = privatePlace(core, person);
    return c.json(forwardMessage(core, place, chat_id ?? person.id, message_id, origin), 201);
  });
  app.post('/people/:id/attachments', async (c) => {
    const { attachment } = await readJson(c, attachedSchema);
    return c.json(sendAttachment(core, privatePlace(core, findPerson(core, c)), attachment), 201);
  });
  app.put('/people/:id/messages/:messageId/pin', async (c) => {
    const person = findPerson(core, c);
    const { pinned } = await readJson(c, pinSchema);
    const stored = core.conversation.find(person.id, Number(c.req.param('messageId')));
    if (!stored) throw new PersonError(404, 'There is no such message.');
    if (stored.service) throw new PersonError(400, 'This message can’t be pinned.');
    const { message_id } = stored.message;
    const others = core.state.chat(person.id).pinned.filter((id) => id !== message_id);
    if (pinned) core.conversation.pin(person, stored, userOf(person));
    else core.conversation.unpin(person.id, others);
    return c.body(null, 204);
  });
  app.patch('/people/:id/messages/:messageId', async (c) => {
    const { text } = await readJson(c, z.object({ text: z.string() }));
    const stored = core.conversation.find(findPerson(core, c).id, Number(c.req.param('messageId')));
    if (!stored) throw new PersonError(404, 'There is no such message.');
    if (stored.fromBot) throw new PersonError(403, 'Only your own messages can be edited.');
    return c.json(editMessageOf(core, stored, text));
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
