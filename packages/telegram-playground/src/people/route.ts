import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { HistoryPage } from '../conversation.ts';
import type { Core } from '../core.ts';
import { readSmallJson } from '../http/request-body.ts';
import type { Person } from '../state/state.ts';
import { PersonError } from './person-error.ts';

/** The app that the people's routes are added to. */
export type PeopleApp = Hono<{ Bindings: HttpBindings }>;
type PeopleContext = Context<{ Bindings: HttpBindings }>;

/**
 * Returns the person in the URL.
 * @throws PersonError 404
 */
export function findPerson(core: Core, c: PeopleContext): Person {
  const person = core.state.people.get(Number(c.req.param('id')));
  if (!person) throw new PersonError(404, 'There is no such person.');
  return person;
}

/**
 * Returns the validated body.
 * @throws PersonError 400 that says what is wrong with it
 */
export async function readJson<T>(c: PeopleContext, schema: z.ZodType<T>): Promise<T> {
  return checked(await readSmallJson(c.env.incoming), schema);
}

/**
 * Returns a validated value.
 * @throws PersonError 400 that says what is wrong with it
 */
export function checked<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new PersonError(400, z.prettifyError(parsed.error));
  return parsed.data;
}

/**
 * Returns the page of a chat's history that the query asks for: `limit` messages before the id `before`, of the
 * topic `message_thread_id`.
 */
export function readHistory(core: Core, c: PeopleContext, chatId: number): HistoryPage {
  const before = Number(c.req.query('before') ?? Number.NaN);
  const limit = Number(c.req.query('limit') ?? 50);
  const cut = Number.isFinite(limit) ? Math.min(Math.max(Math.trunc(limit), 1), 200) : 50;
  const topic = Number(c.req.query('message_thread_id') ?? Number.NaN);
  return core.conversation.history(
    chatId,
    Number.isFinite(before) ? before : undefined,
    cut,
    Number.isFinite(topic) ? topic : undefined,
  );
}

/** Returns a stream of a chat's events, after the last one that the page has seen. */
export function eventStream(core: Core, c: PeopleContext, chatId: number): Response {
  const stream = core.events.open(chatId, c.req.header('last-event-id') ?? c.req.query('lastEventId'));
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}
