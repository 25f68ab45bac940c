import { z } from 'zod';

/** How the server is asked for JSON: by a schema that it enforces, as any JSON, or in words alone. */
export type OutputForm = 'json_schema' | 'json_object' | 'words';

/** What a server takes; what it has refused is not sent again. */
export type Dialect = {
  readonly form: OutputForm;
  /** OpenAI's newer models refuse `max_tokens`, and other servers ignore `max_completion_tokens`. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens';
  /** OpenAI's thinking models take no temperature. */
  readonly hasTemperature: boolean;
};

/** The dialect that is tried first. */
export const firstDialect: Dialect = {
  form: 'json_schema',
  limitField: 'max_tokens',
  hasTemperature: true,
};

const formAfter: Readonly<Record<OutputForm, OutputForm | null>> = {
  json_schema: 'json_object',
  json_object: 'words',
  words: null,
};

const aboutForm =
  /response_format|json_schema|json_object|json mode|structured|schema|grammar|guided|additionalProperties/i;

/**
 * Returns the dialect to try after a refusal (400, 404, 415, 422, 500 or 501); null when the refusal is about something
 * else. Servers without a grammar engine fail with 500 on a schema.
 */
export function dialectAfter(dialect: Dialect, status: number, words: string): Dialect | null {
  if (![400, 404, 415, 422, 500, 501].includes(status)) return null;
  if (dialect.limitField === 'max_tokens' && /max_completion_tokens/.test(words))
    return { ...dialect, limitField: 'max_completion_tokens' };
  if (dialect.hasTemperature && /temperature/i.test(words)) return { ...dialect, hasTemperature: false };
  const form = formAfter[dialect.form];
  return form !== null && aboutForm.test(words) ? { ...dialect, form } : null;
}

export type ChatRequest = {
  readonly modelName: string;
  readonly instructions: string;
  readonly data: string;
  readonly schema: z.ZodType;
  readonly maxOutputTokens: number;
  /** A number that the reply has to repeat. */
  readonly code: string;
  /** What was wrong with the reply before; null for the first call. */
  readonly fault: string | null;
};

/** Returns the body of a chat request. Instructions and data are messages of their own. */
export function chatBody(request: ChatRequest, dialect: Dialect): object {
  const { form, limitField, hasTemperature } = dialect;
  const schema = replySchemaOf(request.schema);
  const json = jsonSchemaOf(schema);
  // The code comes first, because servers with a small context drop the beginning of a long request without a word.
  const system = [
    `Code: ${request.code}. Copy this number into "code" of your reply; put your result into "result".`,
    request.instructions,
    form === 'json_schema'
      ? 'Reply with one JSON object and nothing else.'
      : `Reply with one JSON object and nothing else. It has to fit this JSON schema:\n${JSON.stringify(json)}`,
  ].join('\n\n');
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: request.data },
    ...(request.fault === null
      ? []
      : [
          {
            role: 'user',
            content: `Your reply before this one could not be used: ${request.fault}. Reply again, with the whole JSON object.`,
          },
        ]),
  ];
  return {
    model: request.modelName,
    messages,
    [limitField]: request.maxOutputTokens,
    ...(hasTemperature ? { temperature: 0 } : {}),
    ...(form === 'json_schema'
      ? { response_format: { type: form, json_schema: { name: 'reply', strict: true, schema: json } } }
      : {}),
    ...(form === 'json_object' ? { response_format: { type: form } } : {}),
  };
}

/** Returns the schema of a whole reply. */
export function replySchemaOf<Value>(schema: z.ZodType<Value>) {
  return z.object({ code: z.string(), result: schema });
}

/** Returns the JSON schema: every object is closed and has all of its fields, as strict servers demand. */
function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}
