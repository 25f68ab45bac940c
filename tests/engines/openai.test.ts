import { afterEach, expect, test } from 'vitest';
import { createOpenAiEngine } from '../../src/engines/openai.ts';
import { endOfModel } from '../../src/engines/openai-request.ts';
import { hooks } from '../support/local-transcribers.ts';
import { type OpenAiKind, startOpenAiService } from '../support/services/openai-service.ts';
import { provideChunk } from '../support/short-chunk.ts';

const chunk = provideChunk('flac');
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function start(model: string, kind: OpenAiKind = 'openai') {
  const service = await startOpenAiService(kind);
  const engine = createOpenAiEngine({
    token: service.key,
    baseUrl: service.url,
    model,
    pricePerMinute: null,
    timeoutMs: 10_000,
    maxParallelChunks: 1,
  });
  closers.push(engine.close, service.close);
  const transcribe = (hotwords: readonly string[] = []) =>
    engine.transcribe(chunk(), { language: 'fa', hotwords }, hooks());
  /** Returns the fields of all requests. */
  const sent = () => service.requests.map(({ fields }) => Object.fromEntries(fields));
  return { engine, transcribe, sent };
}

test('gpt-transcribe gets languages and keywords in place of language and prompt, and no keyword that it refuses', async () => {
  const { transcribe, sent } = await start('gpt-transcribe');
  await transcribe(['دبیر', 'a<b', 'c>d', 'two\nlines', 'Dabir']);
  expect(sent()).toEqual([
    {
      model: ['gpt-transcribe'],
      response_format: ['json'],
      'languages[]': ['fa'],
      'keywords[]': ['دبیر', 'Dabir'],
    },
  ]);
});

test('log probabilities of the gpt-4o models become the confidence of the chunk', async () => {
  const { transcribe } = await start('gpt-4o-transcribe');
  const { segments } = await transcribe(['دبیر']);
  expect(segments).toMatchObject([{ averageLogProbability: expect.closeTo(-0.2, 9), words: [] }]);
});

test('a server that refuses speakers is asked for words with times, and only then for text alone', async () => {
  for (const [kind, formats, times] of [
    ['no speakers', ['diarized_json', 'verbose_json', 'verbose_json'], 2],
    ['json only', ['diarized_json', 'verbose_json', 'json', 'json'], 1],
  ] as const) {
    const { transcribe, sent } = await start('gpt-4o-transcribe-diarize', kind);
    expect((await transcribe()).segments).toHaveLength(times);
    await transcribe();
    expect(sent().map((fields) => fields['response_format']?.[0])).toEqual(formats);
  }
});

test.each([
  'whisper-1',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe-2025-12-15',
  'gpt-4o-transcribe-diarize',
])('operators are told when OpenAI ends %s', (model) => expect(endOfModel(model)).toContain('2027-02-26'));

test.each(['gpt-transcribe', 'Systran/faster-whisper-base'])('nothing is said of the end of %s', (model) =>
  expect(endOfModel(model)).toBeNull(),
);
