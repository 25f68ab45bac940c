import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { CallRecord } from './calls.ts';
import { unixTime } from './conversation.ts';
import type { Core } from './core.ts';
import { type Faults, faultSchema } from './faults.ts';
import { contentDisposition, fileResponse } from './file-response.ts';
import { requireSameOrigin } from './local-only.ts';
import { commandsFor } from './methods/commands.ts';
import { addPerson, chatOf, userOf } from './people.ts';
import { PersonError } from './person-errors.ts';
import { editPersonMessage, sendPersonFile, sendPersonText } from './person-messages.ts';
import { readRawUpload, readUploadForm } from './person-uploads.ts';
import { pressButton } from './press-button.ts';
import type { Person } from './state.ts';

type App = Hono<{ Bindings: HttpBindings }>;
type AppContext = Context<{ Bindings: HttpBindings }>;

const languageSchema = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/);
const newPersonSchema = z.object({
  first_name: z.string().trim().min(1).max(64),
  language_code: languageSchema,
});
const textSchema = z.object({
  text: z.string(),
  reply_to_message_id: z.int().positive().optional(),
  forward: z.string().max(256).optional(),
});
const pressSchema = z.object({
  message_id: z.int(),
  data: z.string(),
  forged: z.boolean().default(false),
});
const changeSchema = z.object({ blocked: z.boolean().optional(), language_code: languageSchema.optional() });
const faultsSchema = z.object({
  method: z.string().min(1),
  fault: faultSchema,
  times: z.int().positive().optional(),
});

/** What the people's side needs. */
export interface PersonRouteOptions {
  readonly core: Core;
  readonly faults: Faults;
  readonly calls: CallRecord;
}

/** `/playground/*`: everything that people do, for the chat page and for tests. */
export function personRoutes({ core, faults, calls }: PersonRouteOptions): App {
  const app: App = new Hono<{ Bindings: HttpBindings }>();
  app.use(requireSameOrigin());
  app.onError((error, c) => {
    if (error instanceof PersonError) return c.json({ error: error.message }, error.status);
    throw error;
  });
  app.notFound((c) => c.json({ error: 'There is nothing here.' }, 404));

  addPeople(app, core);
  addMessages(app, core);
  addFiles(app, core);
  addTestSwitches(app, faults, calls);
  return app;
}

function addPeople(app: App, core: Core): void {
  app.get('/bot', (c) => {
    const { id, first_name, username } = core.bot;
    return c.json({
      id,
      first_name,
      username,
      commands: commandsFor(core.state, undefined, c.req.query('language') ?? ''),
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
    const stream = core.events.open(person.id, c.req.header('last-event-id') ?? c.req.query('lastEventId'));
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    });
  });
}

function addMessages(app: App, core: Core): void {
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
    return c.json(sendPersonText(core, findPerson(core, c), text, options), 201);
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
    const answer = await pressButton(core, findPerson(core, c), message_id, data, forged);
    return c.json(answer ? { answered: true, ...answer } : { answered: false });
  });
}

function addFiles(app: App, core: Core): void {
  app.post('/people/:id/files', async (c) => {
    const person = findPerson(core, c);
    const { upload, options } = await readUploadForm(c.env.incoming, core.files);
    return c.json(await sendOrDiscard(core, person, { upload, options }), 201);
  });
  app.put('/people/:id/files', async (c) => {
    const person = findPerson(core, c);
    const query = new URL(c.req.url).searchParams;
    return c.json(
      await sendOrDiscard(core, person, await readRawUpload(c.env.incoming, query, core.files)),
      201,
    );
  });
  app.get('/files/:uniqueId', async (c) => {
    const file = core.state.filesByUniqueId.get(c.req.param('uniqueId'));
    const name = c.req.query('name') || file?.file_name || file?.file_path.split('/').at(-1) || 'file';
    const type = c.req.query('download') === '1' ? 'attachment' : 'inline';
    const request = { method: c.req.method, range: c.req.header('range') };
    const response =
      file &&
      (await fileResponse(core.files.pathOf(file), request, {
        'content-type': servedType(file.mime_type),
        'content-disposition': contentDisposition(type, name),
        // A file never changes under its id.
        'cache-control': 'private, max-age=31536000, immutable',
      }));
    if (!response) throw new PersonError(404, 'There is no such file.');
    return response;
  });
}

function addTestSwitches(app: App, faults: Faults, calls: CallRecord): void {
  app.post('/faults', async (c) => {
    const { method, fault, times } = await readJson(c, faultsSchema);
    faults.set(method, fault, times);
    return c.body(null, 204);
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.get('/calls', (c) => c.json(calls.list()));
}

function findPerson(core: Core, c: AppContext): Person {
  const person = core.state.people.get(Number(c.req.param('id')));
  if (!person) throw new PersonError(404, 'There is no such person.');
  return person;
}

function listed(core: Core, person: Person) {
  const { blocked, ...about } = person;
  return { ...about, blocked, ...core.conversation.summary(person.id) };
}

async function sendOrDiscard(
  core: Core,
  person: Person,
  received: Awaited<ReturnType<typeof readRawUpload>>,
) {
  try {
    return await sendPersonFile(core, person, received.upload, received.options);
  } finally {
    // Nothing is left of it when the message was sent.
    await core.files.discard(received.upload);
  }
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

/** A document must not run as a page of this origin. */
function servedType(mimeType: string): string {
  if (
    /^(?:text\/(?:html|javascript|css|xml)|image\/svg\+xml|application\/(?:xhtml\+xml|xml|javascript))$/.test(
      mimeType,
    )
  ) {
    return 'text/plain; charset=utf-8';
  }
  return mimeType.startsWith('text/') ? `${mimeType}; charset=utf-8` : mimeType;
}

async function readJson<T>(c: AppContext, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await c.req.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new PersonError(400, z.prettifyError(parsed.error));
  return parsed.data;
}
