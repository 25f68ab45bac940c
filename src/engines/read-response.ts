import { z } from 'zod';
import { DabirError } from '../domain/errors.ts';
import type { HttpClient, HttpResponse } from '../http/client.ts';
import { wordsOf } from '../http/error-words.ts';
import { shapeOf } from '../http/shape.ts';

/** Text that a service may omit; a value of another type counts as missing. */
export const optionalText = z.string().nullish().catch(null);

/** A number that a service may omit; a value of another type counts as missing. */
export const optionalNumber = z.number().nullish().catch(null);

/**
 * Parses a service's response; unknown fields are dropped.
 * @throws DabirError as `createUnknownResponseError` describes
 */
export function readResponse<T>(
  response: HttpResponse,
  schema: z.ZodType<T>,
  client: Pick<HttpClient, 'clean'>,
): T {
  const result = schema.safeParse(response.json);
  if (result.success) return result.data;
  throw createUnknownResponseError(response, client);
}

/** Maximum length of a shape in the text for the user, in UTF-16 units. */
const maxFormLength = 80;

/**
 * Creates the error of a successful response that holds nothing usable. A broken response, such as a web page, and one
 * that reports an error are `engine_failed`, because they may be temporary. Another JSON object is
 * `engine_response_unknown`, which is not retried: the service has changed, and each attempt may cost money. Its shape,
 * without contents, is in the message.
 */
export function createUnknownResponseError(
  { json, text }: Pick<HttpResponse, 'json' | 'text'>,
  { clean }: Pick<HttpClient, 'clean'>,
): DabirError {
  if (typeof json !== 'object' || json === null) {
    const what = json === undefined ? 'no JSON' : 'no JSON object';
    return new DabirError('engine_failed', `the service's answer is ${what}: ${clean(text)}`);
  }
  if (reportsError(json)) {
    return new DabirError('engine_failed', `the service reports an error: ${clean(wordsOf({ json, text }))}`);
  }
  const shape = clean(shapeOf(json));
  const form = shape.length > maxFormLength ? `${shape.slice(0, maxFormLength)}…` : shape;
  return new DabirError('engine_response_unknown', `the service answered in a form I do not know: ${shape}`, {
    details: { form },
  });
}

function reportsError(json: object): boolean {
  const { error, errors, detail } = json as Record<string, unknown>;
  return [error, errors, detail].some((value) => value !== undefined && value !== null && value !== false);
}
