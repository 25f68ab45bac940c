import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
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
  const parsed = schema.safeParse(await readSmallJson(c.env.incoming));
  if (!parsed.success) throw new PersonError(400, z.prettifyError(parsed.error));
  return parsed.data;
}
