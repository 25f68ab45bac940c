import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { LanguageModel } from '../../src/app/ports/language-model.ts';
import { createLanguageModel } from '../../src/language-model/language-model.ts';
import type { LanguageModelSettings } from '../../src/language-model/settings.ts';
import { describeWithLlamaServer, type LlamaServer, startLlamaServer } from '../support/llama-server.ts';

const schema = z.object({
  statements: z.array(z.object({ text: z.string(), who: z.string().nullable(), at: z.coerce.number() })),
});
const { signal } = new AbortController();

await describeWithLlamaServer('the language model and llama.cpp’s own server:', () => {
  let server: LlamaServer;
  const models: LanguageModel[] = [];

  beforeAll(async () => {
    server = await startLlamaServer(2_048);
  }, 300_000);
  afterAll(async () => {
    await Promise.all(models.map((model) => model.close()));
    await server?.close();
  });

  const createModel = (settings: Partial<LanguageModelSettings> = {}) => {
    const model = createLanguageModel({
      baseUrl: server.url,
      apiKey: server.key,
      authScheme: null,
      modelName: server.modelName,
      contextTokens: 2_048,
      thinkingTokens: 0,
      maxParallelCalls: 1,
      timeoutMs: 60_000,
      price: null,
      keeps: 'nothing',
      ...settings,
    });
    models.push(model);
    return model;
  };
  const failureOf = (model: LanguageModel, request: { data?: string; maxOutputTokens?: number } = {}) =>
    model
      .complete(
        { instructions: 'Say something.', data: 'سلام دنیا', schema, maxOutputTokens: 200, ...request },
        signal,
      )
      .catch((error: unknown) => error);

  test('the server takes the schema and writes JSON of its form; the toy model cannot copy the code', async () => {
    // `too_long`: the reply fitted the schema, and only its code was wrong. Both calls are counted.
    const error = await failureOf(createModel());
    expect(error).toMatchObject({ kind: 'too_long', message: expect.stringContaining('"code"') });
    const { usage } = error as { usage: { inputTokens: number; outputTokens: number } };
    expect(usage.inputTokens).toBeGreaterThan(200);
    expect(usage.outputTokens).toBeGreaterThan(20);
  });

  test('the server cuts a reply off at the maximum, and says so', async () => {
    expect(await failureOf(createModel(), { maxOutputTokens: 5 })).toMatchObject({ kind: 'cut_off' });
  });

  test('the server refuses a text that is longer than its context', async () => {
    expect(await failureOf(createModel(), { data: 'سلام دنیا '.repeat(600) })).toMatchObject({
      kind: 'too_long',
    });
  });

  test('the server refuses a wrong key, without repeating it', async () => {
    const error = await failureOf(createModel({ apiKey: 'not-the-right-key' }));
    expect(error).toMatchObject({ kind: 'unauthorized' });
    expect((error as Error).message).not.toContain('not-the-right-key');
  });

  test('the probe accepts the right key only, and any name: the server has one model for all names', async () => {
    await createModel().probe(signal);
    await createModel({ modelName: 'another' }).probe(signal);
    const refused = await createModel({ apiKey: 'not-the-right-key' })
      .probe(signal)
      .catch((error) => error);
    expect(refused).toMatchObject({ kind: 'unauthorized' });
  });
});
