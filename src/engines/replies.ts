import { z } from 'zod';
import { DabirError } from '../domain/errors.ts';
import type { HttpClient, HttpReply } from './http/client.ts';

/** Text that a service may leave out. Anything but text is as good as nothing. */
export const optionalText = z.string().nullish().catch(null);

/** A number that a service may leave out. */
export const optionalNumber = z.number().nullish().catch(null);

/**
 * A service's answer in the shape that it is known to have; what is not in the shape is left out.
 * @throws DabirError `engine_failed`, retryable: a service that speaks nonsense now may speak sense later
 */
export function readReply<T>(reply: HttpReply, shape: z.ZodType<T>, client: Pick<HttpClient, 'clean'>): T {
  if (reply.json === undefined) throw nonsense('no JSON', reply, client);
  const result = shape.safeParse(reply.json);
  if (result.success) return result.data;
  throw nonsense(`not the known shape (${result.error.issues[0]?.path.join('.')})`, reply, client);
}

/** The error of an answer without anything that we know. */
export function nonsense(
  what: string,
  { text }: HttpReply,
  { clean }: Pick<HttpClient, 'clean'>,
): DabirError {
  return new DabirError('engine_failed', `the service's answer is ${what}: ${clean(text)}`);
}
