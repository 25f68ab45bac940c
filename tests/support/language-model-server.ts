import { Refusal, type Reply, type Service, startService } from './services/service.ts';

/** A chat request that passed the server's checks. */
export type ChatCall = {
  readonly model: string;
  readonly system: string;
  /** The message with the data. */
  readonly data: string;
  /** The message after it, which asks to repair a reply; null for a first call. */
  readonly repair: string | null;
  readonly maxTokens: number;
  readonly form: 'json_schema' | 'json_object' | 'words';
  /** The number that a reply has to repeat. */
  readonly code: string;
};

/** Kinds of servers, with what they take. */
export type LanguageModelServerKind =
  | 'openai'
  /** OpenAI's thinking models: `max_completion_tokens`, no temperature. */
  | 'openai thinking'
  | 'ollama'
  | 'llama.cpp'
  /** Takes json_object, and refuses json_schema. */
  | 'json only'
  /** Knows no response_format. */
  | 'words only'
  /** `Authorization: apikey …`, and a key in its address. */
  | 'arvancloud';

export const serverKey = 'sk-test-fedcba9876543210';
/** The key in ArvanCloud's addresses. */
export const addressKey = 'x-s_R7OXVU9yI4tPZYHgK1hnvv';
export const serverModel = 'model-of-tests';

export type LanguageModelServer = Service & {
  readonly calls: readonly ChatCall[];
  /** Address for LLM_BASE_URL. */
  readonly baseUrl: string;
};

/**
 * Starts a strict OpenAI-compatible server, by OpenAI's API reference and the known differences of others.
 * @param reply returns the `result` of a reply, or the text of the whole reply
 */
export async function startLanguageModelServer(
  reply: (call: ChatCall) => unknown,
  kind: LanguageModelServerKind = 'openai',
): Promise<LanguageModelServer> {
  const calls: ChatCall[] = [];
  const root = kind === 'arvancloud' ? `/gateway/models/${serverModel}/${addressKey}/v1` : '/v1';
  const service = await startService(
    ({ path }) => (path === `${root}/models` ? 'models' : 'chat'),
    ({ method, path, headers, json }) => {
      const scheme = kind === 'arvancloud' ? 'apikey' : 'Bearer';
      const isOpen = kind === 'ollama' || kind === 'llama.cpp';
      if (!isOpen && headers['authorization'] !== `${scheme} ${serverKey}`)
        refuse(401, 'Incorrect API key provided', 'invalid_api_key');
      if (path === `${root}/models` && method === 'GET' && kind !== 'arvancloud')
        return { status: 200, body: { object: 'list', data: [{ id: serverModel, object: 'model' }] } };
      if (path !== `${root}/chat/completions`) refuse(404, `Invalid URL (${method} ${path})`);
      if (method !== 'POST') refuse(405, 'Method not allowed');
      const call = readCall(json, kind);
      calls.push(call);
      return chatReply(reply(call), call);
    },
  );
  return { ...service, calls, baseUrl: `${service.url}${root}` };
}

function refuse(status: number, message: string, code: string | null = null): never {
  throw new Refusal({
    status,
    body: { error: { message, type: 'invalid_request_error', param: null, code } },
  });
}

type Body = Readonly<Record<string, unknown>>;

const fields = new Set([
  'model',
  'messages',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'response_format',
]);

function readCall(json: unknown, kind: LanguageModelServerKind): ChatCall {
  if (typeof json !== 'object' || json === null) refuse(400, 'the body is no JSON object');
  const body = json as Body;
  for (const name of Object.keys(body)) if (!fields.has(name)) refuse(400, `Unknown parameter: '${name}'`);
  if (body['model'] !== serverModel)
    refuse(404, `The model '${body['model']}' does not exist`, 'model_not_found');
  const isThinking = kind === 'openai thinking';
  if (isThinking && 'max_tokens' in body)
    refuse(
      400,
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    );
  if (isThinking && 'temperature' in body)
    refuse(400, "Unsupported value: 'temperature' does not support 0 with this model.");
  const limit = body['max_tokens'] ?? body['max_completion_tokens'];
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1) refuse(400, 'no limit of tokens');
  const [system, data, repair, ...others] = readMessages(body['messages']);
  if (system?.role !== 'system' || data?.role !== 'user' || others.length > 0)
    refuse(400, 'unexpected messages');
  const form = readForm(body['response_format'], kind);
  // OpenAI refuses json_object when no message speaks of JSON.
  if (form === 'json_object' && !/json/i.test(system.content))
    refuse(400, "'messages' must contain the word 'json'");
  return {
    model: serverModel,
    system: system.content,
    data: data.content,
    repair: repair?.content ?? null,
    maxTokens: limit,
    form,
    code: /^Code: (\d{4})\./.exec(system.content)?.[1] ?? '',
  };
}

function readMessages(messages: unknown): { role: string; content: string }[] {
  if (!Array.isArray(messages)) refuse(400, 'messages: a list is required');
  for (const { role, content } of messages)
    if (typeof role !== 'string' || typeof content !== 'string') refuse(400, 'a message is invalid');
  return messages;
}

function readForm(format: unknown, kind: LanguageModelServerKind): ChatCall['form'] {
  if (format === undefined) return 'words';
  const { type, json_schema: named } = format as { type?: string; json_schema?: Body };
  if (kind === 'words only') refuse(400, 'Unrecognized request argument supplied: response_format');
  if (type === 'json_object') return 'json_object';
  if (type !== 'json_schema' || named === undefined) refuse(400, 'response_format is invalid');
  if (kind === 'json only') refuse(400, "'response_format.type' must be 'json_object' or 'text'");
  if (named['strict'] !== true || typeof named['name'] !== 'string') refuse(400, 'json_schema is incomplete');
  checkStrict(named['schema'], '#');
  return 'json_schema';
}

/** Checks a schema as OpenAI's strict mode does: closed objects, all fields required, known keywords. */
function checkStrict(schema: unknown, place: string): void {
  if (typeof schema !== 'object' || schema === null) refuse(400, `Invalid schema at ${place}`);
  const node = schema as Body;
  const known = ['type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum'];
  for (const name of Object.keys(node))
    if (!known.includes(name)) refuse(400, `'${name}' is not permitted at ${place}`);
  if (node['type'] === 'object') {
    const properties = (node['properties'] ?? {}) as Body;
    if (node['additionalProperties'] !== false)
      refuse(400, `'additionalProperties' must be false at ${place}`);
    const required = [...((node['required'] ?? []) as string[])].toSorted();
    if (JSON.stringify(required) !== JSON.stringify(Object.keys(properties).toSorted()))
      refuse(400, `'required' must have every key at ${place}`);
    for (const [name, child] of Object.entries(properties)) checkStrict(child, `${place}/${name}`);
  }
  if (node['type'] === 'array') checkStrict(node['items'], `${place}/items`);
  for (const child of (node['anyOf'] ?? []) as unknown[]) checkStrict(child, `${place}/anyOf`);
}

/** Returns a chat completion with a result, or with a text as it is. */
export function chatReply(result: unknown, { code, system, data }: ChatCall): Reply {
  const content = typeof result === 'string' ? result : JSON.stringify({ code, result });
  const usage = {
    prompt_tokens: Math.ceil((system.length + data.length) / 4),
    completion_tokens: Math.ceil(content.length / 4),
    total_tokens: 0,
  };
  return {
    status: 200,
    body: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_780_000_000,
      model: serverModel,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
      usage,
    },
  };
}

/** Returns the numbered lines of a block of the data. */
export function linesOf(data: string, block: string): { number: number; text: string }[] {
  const [, body = ''] =
    new RegExp(`^--- ${block} [0-9a-f]{32} ---\\n([\\s\\S]*?)^--- end of ${block} `, 'm').exec(data) ?? [];
  return [...body.matchAll(/^\[(\d+)\] (.*)$/gm)].map(([, number, text = '']) => ({
    number: Number(number),
    text,
  }));
}
