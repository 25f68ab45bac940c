import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type LanguageModel, LanguageModelError } from '../../src/app/ports/language-model.ts';
import { JobAborted } from '../../src/domain/job-aborted.ts';
import { createLanguageModel } from '../../src/language-model/language-model.ts';
import type { LanguageModelSettings } from '../../src/language-model/settings.ts';
import * as odd from '../engines/conformance/oddities.ts';
import { ConformanceTable } from '../engines/conformance/table.ts';
import {
  addressKey,
  type ChatCall,
  type LanguageModelServer,
  type LanguageModelServerKind,
  serverKey,
  serverModel,
  startLanguageModelServer,
} from '../support/language-model-server.ts';
import type { Oddity } from '../support/services/service.ts';
import { until } from '../support/until.ts';

const schema = z.object({ items: z.array(z.object({ text: z.string(), who: z.string().nullable() })) });
const value = { items: [{ text: 'سلام دنیا', who: null }] };
const request = { instructions: 'Say hello.', data: 'سلام', schema, maxOutputTokens: 50 };

const kinds: readonly LanguageModelServerKind[] = [
  'openai',
  'openai thinking',
  'ollama',
  'llama.cpp',
  'json only',
  'words only',
  'arvancloud',
];
const table = new ConformanceTable(kinds);
afterAll(() => console.log(`\n${table.render()}\n`));

async function startModel(
  kind: LanguageModelServerKind,
  reply: (call: ChatCall) => unknown = () => value,
  settings: Partial<LanguageModelSettings> = {},
): Promise<{ server: LanguageModelServer; model: LanguageModel }> {
  const server = await startLanguageModelServer(reply, kind);
  onTestFinished(() => server.close());
  const model = createLanguageModel({
    baseUrl: server.baseUrl,
    apiKey: kind === 'ollama' || kind === 'llama.cpp' ? null : serverKey,
    authScheme: kind === 'arvancloud' ? 'apikey' : null,
    modelName: serverModel,
    contextTokens: 8_000,
    thinkingTokens: 0,
    maxParallelCalls: 2,
    timeoutMs: 20_000,
    price: null,
    keeps: 'unknown',
    ...settings,
  });
  onTestFinished(() => model.close());
  return { server, model };
}

const signal = new AbortController().signal;
const failure = (model: LanguageModel, aborting: AbortSignal = signal) =>
  model.complete(request, aborting).then(
    () => expect.fail('it was taken for a success'),
    (error: unknown) => error,
  );

const finished =
  (reason: string): Oddity =>
  ({ response, answer }) => {
    const body = structuredClone(answer.body) as { choices: { finish_reason: string }[] };
    for (const choice of body.choices) choice.finish_reason = reason;
    odd.says(200, body)({ response, answer } as Parameters<Oddity>[0]);
  };
const withMessage =
  (message: object): Oddity =>
  ({ response, answer }) => {
    const body = structuredClone(answer.body) as { choices: { message: object }[] };
    for (const choice of body.choices) choice.message = message;
    odd.says(200, body)({ response, answer } as Parameters<Oddity>[0]);
  };

const rows: readonly {
  readonly name: string;
  readonly oddity: Oddity;
  readonly becomes: 'value' | { readonly kind: string; readonly retryAfterMs?: number };
}[] = [
  { name: '401', oddity: odd.says(401), becomes: { kind: 'unauthorized' } },
  { name: '402', oddity: odd.says(402), becomes: { kind: 'out_of_credit' } },
  { name: '403', oddity: odd.says(403), becomes: { kind: 'unauthorized' } },
  { name: '404', oddity: odd.says(404), becomes: { kind: 'not_found' } },
  {
    name: 'a redirect',
    oddity: odd.says(302, '', { location: 'http://192.0.2.1/' }),
    becomes: { kind: 'not_found' },
  },
  {
    name: '429 with Retry-After',
    oddity: odd.says(429, { error: { message: 'slow down' } }, { 'retry-after': '7' }),
    becomes: { kind: 'rate_limited', retryAfterMs: 7_000 },
  },
  {
    name: '429 without credit',
    oddity: odd.says(429, { error: { code: 'insufficient_quota', message: 'no' } }),
    becomes: { kind: 'out_of_credit' },
  },
  { name: '500', oddity: odd.says(500), becomes: { kind: 'unavailable' } },
  {
    name: '502, a web page',
    oddity: odd.says(502, '<html>Bad Gateway</html>'),
    becomes: { kind: 'unavailable' },
  },
  { name: '503', oddity: odd.says(503), becomes: { kind: 'unavailable' } },
  { name: '418', oddity: odd.says(418), becomes: { kind: 'rejected' } },
  {
    name: '400, context exceeded',
    oddity: odd.says(400, {
      error: {
        code: 400,
        message: 'request (4390 tokens) exceeds the available context size',
        type: 'exceed_context_size_error',
      },
    }),
    becomes: { kind: 'too_long' },
  },
  { name: 'hang', oddity: odd.hangs, becomes: { kind: 'timed_out' } },
  { name: 'slow drip, never ending', oddity: odd.drips, becomes: { kind: 'timed_out' } },
  { name: 'cut in the middle', oddity: odd.cuts, becomes: { kind: 'unavailable' } },
  { name: 'cut before a word', oddity: odd.hangsUp, becomes: { kind: 'unavailable' } },
  { name: '1 GB packed into 1 MB', oddity: odd.aGigabytePacked, becomes: { kind: 'response_unknown' } },
  {
    name: 'a web page with 200',
    oddity: odd.says(200, '<!doctype html><h1>Welcome</h1>'),
    becomes: { kind: 'unavailable' },
  },
  { name: 'invalid JSON', oddity: odd.says(200, '{"choices": ['), becomes: { kind: 'unavailable' } },
  { name: 'JSON null', oddity: odd.says(200, 'null'), becomes: { kind: 'unavailable' } },
  { name: 'JSON 10,000 deep', oddity: odd.says(200, odd.deepJson), becomes: { kind: 'response_unknown' } },
  { name: 'JSON in a new form', oddity: odd.says(200, odd.newForm), becomes: { kind: 'response_unknown' } },
  {
    name: 'an error with 200',
    oddity: odd.says(200, { error: { message: 'try later' } }),
    becomes: { kind: 'unavailable' },
  },
  { name: 'no choices', oddity: odd.says(200, { choices: [] }), becomes: { kind: 'response_unknown' } },
  {
    name: 'empty reply',
    oddity: withMessage({ role: 'assistant', content: '' }),
    becomes: { kind: 'response_unknown' },
  },
  {
    name: 'reply null',
    oddity: withMessage({ role: 'assistant', content: null }),
    becomes: { kind: 'response_unknown' },
  },
  {
    name: 'refusal',
    oddity: withMessage({ role: 'assistant', content: null, refusal: 'I cannot help with that.' }),
    becomes: { kind: 'refused' },
  },
  { name: 'finish_reason content_filter', oddity: finished('content_filter'), becomes: { kind: 'refused' } },
  { name: 'finish_reason length', oddity: finished('length'), becomes: { kind: 'cut_off' } },
  { name: 'gzip', oddity: odd.packs, becomes: 'value' },
  { name: 'byte order mark', oddity: odd.withMark, becomes: 'value' },
  { name: 'wrong encoding by its header', oddity: odd.withWrongEncoding, becomes: 'value' },
  { name: 'unknown fields', oddity: odd.withMore, becomes: 'value' },
];

describe.each(kinds)('%s', (kind) => {
  test('the language model returns a value in the first form that the server takes, and remembers it', async () => {
    const { server, model } = await startModel(kind);
    expect(await model.complete(request, signal)).toMatchObject({ value });
    const before = server.steps.length;
    expect(await model.complete(request, signal)).toMatchObject({ value });
    expect(server.steps).toHaveLength(before + 1);
    expect(server.calls.at(-1)).toMatchObject({ maxTokens: 50, data: 'سلام', repair: null });
    const form = kind === 'json only' ? 'json_object' : kind === 'words only' ? 'words' : 'json_schema';
    expect(server.calls.at(-1)?.form).toBe(form);
    table.note('answers, in its own form', kind, 'ok');
  });

  test.each(rows)('the language model handles: $name', async ({ name, oddity, becomes }) => {
    const timeoutMs = becomes !== 'value' && becomes.kind === 'timed_out' ? 400 : 20_000;
    const { server, model } = await startModel(kind, () => value, { timeoutMs });
    // The form is known before the server behaves oddly.
    await until(() =>
      model.complete(request, signal).then(
        () => true,
        () => false,
      ),
    );
    server.odd('chat', oddity);
    if (becomes === 'value') expect(await model.complete(request, signal)).toMatchObject({ value });
    else {
      const error = await failure(model);
      expect(error).toBeInstanceOf(LanguageModelError);
      expect(error).toMatchObject(becomes);
    }
    table.note(name, kind, 'ok');
  });

  test('the language model has a reply repaired once that does not fit the schema', async () => {
    const wrong = { items: [{ text: 5 }] };
    const { server, model } = await startModel(kind, ({ repair }) => (repair === null ? wrong : value));
    const { usage } = await model.complete(request, signal);
    expect(server.calls).toHaveLength(2);
    expect(server.calls[1]?.repair).toMatch(/result\.items\.0\.text/);
    const [first, second] = server.calls;
    const tokensOf = (call: ChatCall | undefined) =>
      ((call?.system.length ?? 0) + (call?.data.length ?? 0)) / 4;
    expect(usage.inputTokens).toBe(Math.ceil(tokensOf(first)) + Math.ceil(tokensOf(second)));
    table.note('repairs a reply', kind, 'ok');
  });

  test('the language model gives up after two replies of a wrong form, and tells what they cost', async () => {
    const { server, model } = await startModel(kind, () => 'I would rather write a poem.');
    const error = await failure(model);
    expect(error).toMatchObject({ kind: 'response_unknown', retryable: false });
    expect((error as LanguageModelError).usage.inputTokens).toBeGreaterThan(0);
    expect(server.calls).toHaveLength(2);
    table.note('wrong form twice', kind, 'ok');
  });

  test('the language model stops the request at once on abort', async () => {
    const { server, model } = await startModel(kind);
    const abort = new AbortController();
    const closed = Promise.withResolvers<void>();
    server.odd('chat', ({ response }) => {
      response.on('close', () => closed.resolve());
      abort.abort(new JobAborted('cancel'));
    });
    expect(await failure(model, abort.signal)).toBe(abort.signal.reason);
    await closed.promise;
    table.note('abort', kind, 'ok');
  });

  test('the language model repeats neither its key nor a key in its address in a message', async () => {
    const { server, model } = await startModel(kind);
    await model.complete(request, signal);
    const secrets = `${serverKey} ${server.baseUrl}/chat/completions /gateway/models/m/${addressKey}/v1`;
    for (const [status, body] of [
      [401, { error: { message: `bad key ${secrets}` } }],
      [400, { error: { message: secrets } }],
      [500, `${encodeURIComponent(serverKey)} ${secrets}`],
      [200, `${secrets} is no JSON`],
      [200, { [secrets]: secrets }],
      [200, { error: { message: secrets } }],
    ] as const) {
      server.odd('chat', odd.says(status, body));
      const error = (await failure(model)) as Error;
      const words = `${error.message} ${error.stack} ${JSON.stringify({ ...error })} ${String(error.cause)}`;
      if (kind !== 'ollama' && kind !== 'llama.cpp') expect(words).not.toContain(serverKey);
      if (kind === 'arvancloud') expect(words).not.toContain(addressKey);
    }
    table.note('no key in messages', kind, 'ok');
  });

  test('the probe accepts the right key and model, and refuses others', async () => {
    const { server, model } = await startModel(kind);
    await model.probe(signal);
    server.odd('models', odd.says(200, { data: [{ id: 'another-model' }] }));
    // ArvanCloud has an address for each model, and no list.
    if (kind !== 'arvancloud')
      expect(await model.probe(signal).catch((error) => error)).toMatchObject({ kind: 'not_found' });
    server.odd('models', odd.says(401));
    if (kind !== 'arvancloud')
      expect(await model.probe(signal).catch((error) => error)).toMatchObject({ kind: 'unauthorized' });
    table.note('probe', kind, 'ok');
  });
});

test('the language model finds out that a server has cut the request', async () => {
  // As Ollama does with a context that is too small: the beginning is gone.
  const { model } = await startModel('ollama', (call) =>
    JSON.stringify({ code: '', result: value, seen: call.data }),
  );
  expect(await failure(model)).toMatchObject({ kind: 'too_long' });
});

test.each([
  ['in a Markdown fence', (text: string) => `\`\`\`json\n${text}\n\`\`\``],
  ['after its thoughts', (text: string) => `<think>Let me see: {"code": 1}</think>\n${text}`],
  ['between words', (text: string) => `Here it is:\n${text}\nAnything else?`],
])('the language model reads a reply %s', async (_, wrap) => {
  const { model } = await startModel('words only', ({ code }) =>
    wrap(JSON.stringify({ code, result: value })),
  );
  expect(await model.complete(request, signal)).toMatchObject({ value });
});

test('the language model reads content in pieces, and estimates tokens that are not counted', async () => {
  const { server, model } = await startModel('openai');
  server.odd('chat', ({ response, answer }) => {
    const { choices } = answer.body as { choices: { message: { content: string } }[] };
    const content = [{ type: 'text', text: choices[0]?.message.content }];
    odd.says(200, { choices: [{ message: { role: 'assistant', content } }] })({
      response,
      answer,
    } as Parameters<Oddity>[0]);
  });
  const { value: read, usage } = await model.complete(request, signal);
  expect(read).toEqual(value);
  expect(usage.inputTokens).toBeGreaterThan(0);
});

test('the profile says where the text goes, without the address', async () => {
  const model = (baseUrl: string) =>
    createLanguageModel({
      baseUrl,
      apiKey: serverKey,
      authScheme: null,
      modelName: 'm',
      contextTokens: 8_000,
      thinkingTokens: 0,
      maxParallelCalls: 1,
      timeoutMs: 1,
      price: { perMillionIn: 1, perMillionOut: 2, currency: 'USD' },
      keeps: 'deleted',
    });
  const away = model(`https://arvancloudai.ir/gateway/models/GPT-5-Mini/${addressKey}/v1`);
  expect(away.profile.privacy).toEqual({ destination: 'arvancloudai.ir', keeps: 'deleted' });
  expect(JSON.stringify(away.profile)).not.toContain(addressKey);
  expect(model('http://localhost:11434').profile.privacy).toEqual({ destination: null, keeps: 'nothing' });
});

test('an address without a path gets the usual version', async () => {
  const server = await startLanguageModelServer(() => value, 'ollama');
  onTestFinished(() => server.close());
  const { model } = await startModel('ollama', () => value, { baseUrl: server.url });
  expect(await model.complete(request, signal)).toMatchObject({ value });
  expect(server.calls).toHaveLength(1);
});
