import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Core } from '../core.ts';
import { attachmentSchema, sendAttachment } from '../people/attachments.ts';
import { sendOrDiscard } from '../people/file-routes.ts';
import { forwardFields, forwardMessage } from '../people/forward.ts';
import { userOf } from '../people/people.ts';
import { PersonError } from '../people/person-error.ts';
import { checked, eventStream, findPerson, type PeopleApp, readHistory, readJson } from '../people/route.ts';
import { editMessageOf, type Place, sendText } from '../people/send.ts';
import { readRawUpload } from '../people/uploads.ts';
import type { PrivateChat } from '../state/private-chat.ts';
import type { Person, StoredMessage } from '../state/state.ts';
import { connect, connectionOf, disconnect, openPrivateChat } from './connections.ts';

const connectionSchema = z.object({
  can_reply: z.boolean().default(true),
  chats: z.enum(['all', 'only', 'except']).default('all'),
  people: z.array(z.number()).default([]),
});
const pairSchema = z.object({ people: z.tuple([z.number(), z.number()]) });
const writing = {
  from: z.coerce.number(),
  /** For tests: for how many seconds the message has been there already. */
  age: z.coerce.number().int().min(0).max(1e7).default(0),
};
const writingSchema = z.object(writing);
const textSchema = z.object({
  ...writing,
  text: z.string(),
  reply_to_message_id: z.int().positive().optional(),
});
const editSchema = z.object({ from: z.number(), text: z.string() });
const forwardSchema = z.object({ ...writing, ...forwardFields });
const attachedSchema = z.object({ ...writing, attachment: attachmentSchema });
const pinSchema = z.object({ from: z.number(), pinned: z.boolean() });

/** Adds the routes for connecting the bot to a person's account, and for the chats of two people. */
export function addBusinessRoutes(app: PeopleApp, core: Core): void {
  app.get('/people/:id/connection', (c) => c.json(connectionOf(core, findPerson(core, c)) ?? null));
  app.put('/people/:id/connection', async (c) => {
    const { can_reply, chats, people } = await readJson(c, connectionSchema);
    if (!core.connectsToBusiness) throw new PersonError(403, 'This bot can’t be connected to accounts.');
    return c.json(connect(core, findPerson(core, c), { canReply: can_reply, chats, people }));
  });
  app.delete('/people/:id/connection', (c) => {
    disconnect(core, findPerson(core, c));
    return c.body(null, 204);
  });

  app.get('/private-chats', (c) =>
    c.json([...core.state.privateChats.values()].map((chat) => listed(core, chat))),
  );
  app.post('/private-chats', async (c) => {
    const { people } = await readJson(c, pairSchema);
    const [one, other] = people.map((id) => personOf(core, id));
    if (!one || !other || one === other) throw new PersonError(400, 'A chat needs two people.');
    return c.json(listed(core, openPrivateChat(core, one, other)), 201);
  });
  app.get('/private-chats/:id/events', (c) => eventStream(core, c, findChat(core, c).id));
  app.get('/private-chats/:id/history', (c) => c.json(readHistory(core, c, findChat(core, c).id)));
  app.post('/private-chats/:id/messages', async (c) => {
    const { text, reply_to_message_id, ...who } = await readJson(c, textSchema);
    const options = { replyToMessageId: reply_to_message_id };
    return c.json(sendText(core, placeOf(core, findChat(core, c), who), text, options), 201);
  });
  app.patch('/private-chats/:id/messages/:messageId', async (c) => {
    const { from, text } = await readJson(c, editSchema);
    const stored = findMessage(core, c, findChat(core, c));
    if (stored.message.from?.id !== from) throw new PersonError(403, 'Only your own messages can be edited.');
    return c.json(editMessageOf(core, stored, text));
  });
  app.delete('/private-chats/:id/messages/:messageId', (c) => {
    const chat = findChat(core, c);
    const { message } = findMessage(core, c, chat);
    speaker(core, chat, Number(c.req.query('from')));
    core.conversation.delete(chat.id, message.message_id);
    return c.body(null, 204);
  });
  app.put('/private-chats/:id/messages/:messageId/pin', async (c) => {
    const chat = findChat(core, c);
    const { from, pinned } = await readJson(c, pinSchema);
    speaker(core, chat, from);
    const { message } = findMessage(core, c, chat);
    const others = core.state.chat(chat.id).pinned.filter((id) => id !== message.message_id);
    // Telegram's message about it is left out: the bot gets none of another chat.
    core.conversation.unpin(chat.id, pinned ? [...others, message.message_id].sort((a, b) => a - b) : others);
    return c.body(null, 204);
  });
  app.post('/private-chats/:id/forwards', async (c) => {
    const chat = findChat(core, c);
    const { message_id, chat_id, origin, ...who } = await readJson(c, forwardSchema);
    return c.json(
      forwardMessage(core, placeOf(core, chat, who), chat_id ?? chat.id, message_id, origin),
      201,
    );
  });
  app.post('/private-chats/:id/attachments', async (c) => {
    const { attachment, ...who } = await readJson(c, attachedSchema);
    return c.json(sendAttachment(core, placeOf(core, findChat(core, c), who), attachment), 201);
  });
  app.put('/private-chats/:id/files', async (c) => {
    const query = new URL(c.req.url).searchParams;
    const who = checked(Object.fromEntries(query), writingSchema);
    const place = () => placeOf(core, findChat(core, c), who);
    return c.json(
      await sendOrDiscard(core, place, await readRawUpload(c.env.incoming, query, core.files)),
      201,
    );
  });
}

function listed(core: Core, chat: PrivateChat) {
  return { ...core.conversation.summary(chat.id), ...chat };
}

/** Returns a chat of two people as the place where one of them writes. */
function placeOf(core: Core, chat: PrivateChat, { from, age }: z.infer<typeof writingSchema>): Place {
  const person = speaker(core, chat, from);
  return {
    chatId: chat.id,
    post: (content) => core.conversation.postInPrivateChat(chat, userOf(person), content, age),
  };
}

/** @throws PersonError for somebody else than the two */
function speaker(core: Core, chat: PrivateChat, id: number): Person {
  if (!chat.people.includes(id)) throw new PersonError(403, 'This is the chat of two other people.');
  return personOf(core, id);
}

function findChat(core: Core, c: Context<{ Bindings: HttpBindings }>): PrivateChat {
  const chat = core.state.privateChats.get(Number(c.req.param('id')));
  if (!chat) throw new PersonError(404, 'There is no such chat.');
  return chat;
}

function findMessage(core: Core, c: Context<{ Bindings: HttpBindings }>, chat: PrivateChat): StoredMessage {
  const stored = core.conversation.find(chat.id, Number(c.req.param('messageId')));
  if (!stored) throw new PersonError(404, 'There is no such message.');
  return stored;
}

function personOf(core: Core, id: number): Person {
  const person = core.state.people.get(id);
  if (!person) throw new PersonError(404, 'There is no such person.');
  return person;
}
