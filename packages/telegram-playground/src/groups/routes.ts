import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { z } from 'zod';
import { shown } from '../conversation.ts';
import type { Core } from '../core.ts';
import { attachmentSchema, sendAttachment } from '../people/attachments.ts';
import { sendOrDiscard } from '../people/file-routes.ts';
import { forwardFields, forwardMessage } from '../people/forward.ts';
import { pressSchema } from '../people/message-routes.ts';
import { userOf } from '../people/people.ts';
import { PersonError } from '../people/person-error.ts';
import { pressButton } from '../people/press-button.ts';
import { checked, eventStream, type PeopleApp, readHistory, readJson } from '../people/route.ts';
import { editMessageOf, sendText } from '../people/send.ts';
import { readRawUpload } from '../people/uploads.ts';
import type { Group } from '../state/group.ts';
import type { Person, StoredMessage } from '../state/state.ts';
import { foundGroup, migrate, openTopic, setBotStatus, setMember, setTopicState } from './change.ts';
import { groupPlace, isAdministrator, seesMessage, senders } from './post.ts';

const writing = {
  from: z.coerce.number(),
  as: z.enum(senders).default('self'),
  message_thread_id: z.coerce.number().int().positive().optional(),
};
const foundingSchema = z.object({
  title: z.string().min(1).max(128),
  type: z.enum(['group', 'supergroup']).default('supergroup'),
  is_forum: z.boolean().default(false),
  creator: z.number(),
  members: z.array(z.number()).default([]),
});
const changeSchema = z.object({
  by: z.number(),
  bot: z.enum(['administrator', 'member', 'muted', 'left', 'kicked']).optional(),
  member: z.object({ id: z.number(), status: z.enum(['administrator', 'member', 'left']) }).optional(),
});
const textSchema = z.object({
  ...writing,
  text: z.string(),
  reply_to_message_id: z.int().positive().optional(),
  forward: z.string().max(256).optional(),
});
const forwardSchema = z.object({ ...writing, ...forwardFields });
const writingSchema = z.object(writing);
const attachedSchema = z.object({ ...writing, attachment: attachmentSchema });
const editSchema = z.object({ from: z.number(), text: z.string() });
const pinSchema = z.object({ from: z.number(), pinned: z.boolean() });
const topicSchema = z.object({ by: z.number(), name: z.string().min(1).max(128) });
const topicChangeSchema = z.object({ state: z.enum(['open', 'closed', 'deleted']) });

/** Adds the routes for groups: creating them, their members, messages, topics, and presses of buttons. */
export function addGroupRoutes(app: PeopleApp, core: Core): void {
  app.get('/groups', (c) =>
    c.json(
      [...core.state.groups.values()].map((group) => ({ ...core.conversation.summary(group.id), ...group })),
    ),
  );
  app.post('/groups', async (c) => {
    const { title, type, is_forum, creator, members } = await readJson(c, foundingSchema);
    const about = { title, type, isForum: is_forum, members: members.map((id) => personOf(core, id)) };
    return c.json(foundGroup(core, personOf(core, creator), about), 201);
  });
  app.patch('/groups/:id', async (c) => {
    const group = findGroup(core, c);
    const { by, bot, member } = await readJson(c, changeSchema);
    const changed = member ? setMember(core, group, personOf(core, member.id), member.status) : group;
    return c.json(bot ? setBotStatus(core, changed, personOf(core, by), bot) : changed);
  });
  app.post('/groups/:id/migration', (c) => c.json(migrate(core, findGroup(core, c)), 201));
  app.post('/groups/:id/topics', async (c) => {
    const { by, name } = await readJson(c, topicSchema);
    return c.json(openTopic(core, findGroup(core, c), personOf(core, by), name), 201);
  });
  app.patch('/groups/:id/topics/:topic', async (c) => {
    const { state } = await readJson(c, topicChangeSchema);
    setTopicState(core, findGroup(core, c), Number(c.req.param('topic')), state);
    return c.body(null, 204);
  });
  app.get('/groups/:id/events', (c) => eventStream(core, c, findGroup(core, c).id));
  app.get('/groups/:id/history', (c) => c.json(readHistory(core, c, findGroup(core, c).id)));
  app.get('/groups/:id/messages', (c) => {
    const { messages } = core.state.chat(findGroup(core, c).id);
    return c.json([...messages.values()].map(shown));
  });
  app.post('/groups/:id/messages', async (c) => {
    const { text, reply_to_message_id, forward, ...who } = await readJson(c, textSchema);
    const options = { replyToMessageId: reply_to_message_id, forward };
    return c.json(sendText(core, placeOf(core, findGroup(core, c), who), text, options), 201);
  });
  app.patch('/groups/:id/messages/:messageId', async (c) => {
    const group = findGroup(core, c);
    const { from, text } = await readJson(c, editSchema);
    const stored = findMessage(core, c, group);
    if (stored.message.from?.id !== from) throw new PersonError(403, 'Only your own messages can be edited.');
    return c.json(editMessageOf(core, stored, text, (message) => seesMessage(core, group, message)));
  });
  app.delete('/groups/:id/messages/:messageId', (c) => {
    const group = findGroup(core, c);
    const from = Number(c.req.query('from'));
    const { message } = findMessage(core, c, group);
    if (message.from?.id !== from && !isAdministrator(group, from))
      throw new PersonError(403, 'Only administrators delete the messages of others.');
    core.conversation.delete(group.id, message.message_id);
    return c.body(null, 204);
  });
  app.put('/groups/:id/messages/:messageId/pin', async (c) => {
    const group = findGroup(core, c);
    const { from, pinned } = await readJson(c, pinSchema);
    if (!isAdministrator(group, from)) throw new PersonError(403, 'Only administrators pin messages.');
    const stored = findMessage(core, c, group);
    pinOrUnpin(core, group, stored, personOf(core, from), pinned);
    return c.body(null, 204);
  });
  app.post('/groups/:id/forwards', async (c) => {
    const group = findGroup(core, c);
    const { message_id, chat_id, origin, ...who } = await readJson(c, forwardSchema);
    const place = placeOf(core, group, who);
    return c.json(forwardMessage(core, place, chat_id ?? group.id, message_id, origin), 201);
  });
  app.post('/groups/:id/attachments', async (c) => {
    const { attachment, ...who } = await readJson(c, attachedSchema);
    return c.json(sendAttachment(core, placeOf(core, findGroup(core, c), who), attachment), 201);
  });
  app.put('/groups/:id/files', async (c) => {
    const query = new URL(c.req.url).searchParams;
    const who = checked(Object.fromEntries(query), writingSchema);
    const place = () => placeOf(core, findGroup(core, c), who);
    const received = await readRawUpload(c.env.incoming, query, core.files);
    return c.json(await sendOrDiscard(core, place, received), 201);
  });
  app.post('/groups/:id/callbacks', async (c) => {
    const { from, ...press } = await readJson(c, pressSchema.extend({ from: z.number() }));
    const { message_id, data, forged } = press;
    const answer = await pressButton(core, {
      person: personOf(core, from),
      peer: findGroup(core, c),
      messageId: message_id,
      data,
      forged,
    });
    return c.json(answer ? { answered: true, ...answer } : { answered: false });
  });
}

/** Returns a group as the place where somebody writes. */
export function placeOf(
  core: Core,
  group: Group,
  { from, as, message_thread_id }: z.infer<typeof writingSchema>,
) {
  return groupPlace(core, group, { person: personOf(core, from), as, topic: message_thread_id });
}

function pinOrUnpin(core: Core, group: Group, stored: StoredMessage, by: Person, pinned: boolean): void {
  if (stored.service) throw new PersonError(400, 'This message can’t be pinned.');
  if (pinned) {
    core.conversation.pin(group, stored, userOf(by), {
      seen: group.bot !== 'left' && group.bot !== 'kicked',
    });
    return;
  }
  const { message_id } = stored.message;
  const remaining = core.state.chat(group.id).pinned.filter((id) => id !== message_id);
  core.conversation.unpin(group.id, remaining);
}

function findGroup(core: Core, c: Context<{ Bindings: HttpBindings }>): Group {
  const group = core.state.groups.get(Number(c.req.param('id')));
  if (!group) throw new PersonError(404, 'There is no such group.');
  return group;
}

function findMessage(core: Core, c: Context<{ Bindings: HttpBindings }>, group: Group): StoredMessage {
  const stored = core.conversation.find(group.id, Number(c.req.param('messageId')));
  if (!stored) throw new PersonError(404, 'There is no such message.');
  return stored;
}

function personOf(core: Core, id: number): Person {
  const person = core.state.people.get(id);
  if (!person) throw new PersonError(404, 'There is no such person.');
  return person;
}
