import { z } from 'zod';
import { DabirError } from '../domain/errors.ts';
import type { HttpClient, HttpReply } from './http/client.ts';

/** Text that a service may omit; a value of another type counts as missing. */
export const optionalText = z.string().nullish().catch(null);

/** A number that a service may omit; a value of another type counts as missing. */
export const optionalNumber = z.number().nullish().catch(null);

/**
 * Parses a service's reply; unknown fields are dropped.
 * @throws DabirError `engine_failed`, retryable, because an unexpected reply may be temporary
 */
export function readReply<T>(reply: HttpReply, shape: z.ZodType<T>, client: Pick<HttpClient, 'clean'>): T {
  if (reply.json === undefined) throw createNonsenseError('no JSON', reply, client);
  const result = shape.safeParse(reply.json);
  if (result.success) return result.data;
  throw createNonsenseError(`not the known shape (${result.error.issues[0]?.path.join('.')})`, reply, client);
}

/** Creates the error of a reply that holds nothing usable. */
export function createNonsenseError(
  what: string,
  { text }: HttpReply,
  { clean }: Pick<HttpClient, 'clean'>,
): DabirError {
  return new DabirError('engine_failed', `the service's answer is ${what}: ${clean(text)}`);
}
