import { afterEach, expect, test } from 'vitest';
import { transcriptText } from '../../src/domain/transcript.ts';
import { createScribeEngine } from '../../src/engines/scribe.ts';
import { hooks } from '../support/local-transcribers.ts';
import { type MetisOffer, startMetisService } from '../support/services/metis-service.ts';
import { provideChunk } from '../support/short-chunk.ts';

const chunk = provideChunk();
const text = 'سلام دنیا. خوبی؟';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function start(model: string, offer: MetisOffer = {}) {
  const service = await startMetisService('rawResponse', offer);
  const warnings: string[] = [];
  const settings = {
    token: service.key,
    baseUrl: service.url,
    model,
    pricePerMinute: null,
    timeoutMs: 10_000,
    maxParallelChunks: 1,
    warn: (message: string) => warnings.push(message),
  };
  const engine = createScribeEngine(settings, 5);
  closers.push(engine.close, service.close);
  const transcribe = (hotwords: readonly string[] = [], language: string | null = 'fa') =>
    engine.transcribe(chunk(), { language, hotwords }, hooks());
  const generations = () => [...service.generations.values()];
  return { service, engine, warnings, transcribe, generations };
}

test.each([
  ['at once', false],
  ['by a generation that fails', true],
])('SCRIBE uses scribe_v1 where MetisAI refuses scribe_v2 %s, and remembers it', async (_, refusesLate) => {
  const { transcribe, generations, warnings, service } = await start('scribe_v2', {
    models: { elevenlabs: ['scribe_v1'] },
    refusesLate,
  });
  expect(transcriptText(await transcribe())).toBe(text);
  const started = service.steps.filter((step) => step === 'generate').length;
  await transcribe();
  expect(generations().map(({ model }) => model)).toEqual([
    ...(refusesLate ? [''] : []),
    'elevenlabs/scribe_v1',
    'elevenlabs/scribe_v1',
  ]);
  expect(service.steps.filter((step) => step === 'generate')).toHaveLength(started + 1);
  // The audio was uploaded once for each of the two transcriptions.
  expect(service.steps.filter((step) => step === 'store')).toHaveLength(2);
  expect(warnings).toEqual(['the service refuses the model scribe_v2; scribe_v1 is used from now on']);
});

test('SCRIBE asks MetisAI for OpenAI’s Whisper with language and prompt, and reads times from its subtitles', async () => {
  const { transcribe, generations, engine } = await start('openai/whisper-1');
  const { segments } = await transcribe(['دبیر', 'Dabir']);
  expect(segments).toMatchObject([
    { start: 0, end: 1, text: 'سلام دنیا.' },
    { start: 1.1, end: 2, text: 'خوبی؟' },
  ]);
  expect(generations()).toMatchObject([
    {
      model: 'openai/whisper-1',
      args: { language: 'fa', prompt: 'دبیر, Dabir', response_format: 'srt', temperature: 0 },
    },
  ]);
  expect(engine.profile.can).toMatchObject({ times: 'segments', speakers: false, hotwords: true });
});

test.each(['fail', 'are missing'] as const)(
  'SCRIBE takes Whisper’s text without times where its subtitles %s, and does not ask for them again',
  async (subtitles) => {
    const { transcribe, generations } = await start('openai/whisper-1', { subtitles });
    expect(transcriptText(await transcribe([], null))).toBe(text);
    await transcribe([], null);
    expect(generations().map(({ args }) => args)).toEqual([
      { temperature: 0, response_format: 'srt' },
      { temperature: 0 },
      { temperature: 0 },
    ]);
  },
);
