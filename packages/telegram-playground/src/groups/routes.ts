import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { z } from 'zod';
import { shown } from '../conversation.ts';
import type { Core } from '../core.ts';
import { sendOrDiscard } from '../people/file-routes.ts';
import { forwardMessage } from '../people/forward.ts';
import { pressSchema } from '../people/message-routes.ts';
import { PersonError } from '../people/person-error.ts';
import { pressButton } from '../people/press-button.ts';
import { type PeopleApp, readJson } from '../people/route.ts';
import { sendText } from '../people/send.ts';
import { readRawUpload } from '../people/uploads.ts';
import type { Group } from '../state/group.ts';
import type { Person } from '../state/state.ts';
import { foundGroup, migrate, openTopic, setBotStatus, setTopicState } from './change.ts';
import { groupPlace, senders } from './post.ts';

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
const forwardSchema = z.object({ from: z.number(), message_id: z.int() });
const writingSchema = z.object(writing);
const topicSchema = z.object({ by: z.number(), name: z.string().min(1).max(128) });
const topicChangeSchema = z.object({ state: z.enum(['open', 'closed', 'deleted']) });

/** Adds the routes for groups: creating them, their members, messages, and presses of buttons. For tests. */
export function addGroupRoutes(app: PeopleApp, core: Core): void {
  app.post('/groups', async (c) => {
    const { title, type, is_forum, creator, members } = await readJson(c, foundingSchema);
    const about = { title, type, isForum: is_forum, members: members.map((id) => personOf(core, id)) };
    return c.json(foundGroup(core, personOf(core, creator), about), 201);
  });
  app.patch('/groups/:id', async (c) => {
    const group = findGroup(core, c);
    const { by, bot, member } = await readJson(c, changeSchema);
    const changed = member ? { ...group, members: { ...group.members, [member.id]: member.status } } : group;
    if (member) core.journal.record({ fact: 'group', group: changed });
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
  app.get('/groups/:id/messages', (c) => {
    const { messages } = core.state.chat(findGroup(core, c).id);
    return c.json([...messages.values()].map(shown));
  });
  app.post('/groups/:id/messages', async (c) => {
    const { from, as, message_thread_id, text, reply_to_message_id, forward } = await readJson(c, textSchema);
    const who = { person: personOf(core, from), as, topic: message_thread_id };
    const options = { replyToMessageId: reply_to_message_id, forward };
    return c.json(sendText(core, groupPlace(core, findGroup(core, c), who), text, options), 201);
  });
  app.post('/groups/:id/forwards', async (c) => {
    const group = findGroup(core, c);
    const { from, message_id } = await readJson(c, forwardSchema);
    const place = groupPlace(core, group, { person: personOf(core, from), as: 'self' });
    return c.json(forwardMessage(core, place, group.id, message_id), 201);
  });
  app.put('/groups/:id/files', async (c) => {
    const query = new URL(c.req.url).searchParams;
    const { from, as, message_thread_id } = writingSchema.parse(Object.fromEntries(query));
    const who = { person: personOf(core, from), as, topic: message_thread_id };
    const place = () => groupPlace(core, findGroup(core, c), who);
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

function findGroup(core: Core, c: Context<{ Bindings: HttpBindings }>): Group {
  const group = core.state.groups.get(Number(c.req.param('id')));
  if (!group) throw new PersonError(404, 'There is no such group.');
  return group;
}

function personOf(core: Core, id: number): Person {
  const person = core.state.people.get(id);
  if (!person) throw new PersonError(404, 'There is no such person.');
  return person;
}
