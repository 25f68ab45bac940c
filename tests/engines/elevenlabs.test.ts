import { afterEach, expect, test } from 'vitest';
import type { Engine } from '../../src/domain/engine.ts';
import { transcriptText } from '../../src/domain/transcript.ts';
import { createElevenLabsEngine, type ElevenLabsSettings } from '../../src/engines/elevenlabs.ts';
import { hooks, plain } from '../support/local-transcribers.ts';
import { startElevenLabsService } from '../support/services/elevenlabs-service.ts';
import { provideChunk } from '../support/short-chunk.ts';

const chunk = provideChunk('ogg');
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function start(models: readonly string[] | undefined, settings: Partial<ElevenLabsSettings> = {}) {
  const service = await startElevenLabsService(models);
  const warnings: string[] = [];
  const engine = createElevenLabsEngine({
    token: service.key,
    baseUrl: service.url,
    model: 'scribe_v2',
    pricePerMinute: null,
    timeoutMs: 10_000,
    maxParallelChunks: 1,
    diarize: true,
    noVerbatim: false,
    keyterms: true,
    warn: (message) => warnings.push(message),
    ...settings,
  });
  closers.push(engine.close, service.close);
  /** Returns the values of a field in the last request. */
  const sent = (name: string) => service.requests.at(-1)?.fields.get(name) ?? [];
  return { service, engine, warnings, sent };
}

const transcribe = (engine: Engine, hotwords: readonly string[] = []) =>
  engine.transcribe(chunk(), { ...plain, hotwords }, hooks());

test('a model that ElevenLabs refuses is replaced by the other one, which is remembered', async () => {
  for (const [configured, has] of [
    ['scribe_v2', 'scribe_v1'],
    ['scribe_v1', 'scribe_v2'],
  ] as const) {
    const { engine, service, warnings } = await start([has], { model: configured });
    expect(transcriptText(await transcribe(engine))).toBe('سلام دنیا. خوبی؟');
    await transcribe(engine);
    const models = service.requests.map(({ fields }) => fields.get('model_id')?.[0]);
    expect(models).toEqual([configured, has, has]);
    expect(warnings).toEqual([`the service refuses the model ${configured}; ${has} is used from now on`]);
  }
});

test('when ElevenLabs refuses every model, the error names the configured one', async () => {
  const { engine, service } = await start(['scribe_v9']);
  await expect(transcribe(engine)).rejects.toMatchObject({
    code: 'engine_rejected',
    message: expect.stringContaining("'scribe_v2' is not a valid model_id"),
  });
  expect(service.requests).toHaveLength(2);
});

test('hotwords that ElevenLabs would refuse are not sent as keyterms', async () => {
  const { engine, sent } = await start(undefined);
  const fits = ['دبیر', 'Dabir bot', 'one two three four five', 'x'.repeat(50)];
  const refused = ['one two three four five six', 'y'.repeat(51), 'a<b', 'c[d]', 'e{f}', 'g\\h', ' '];
  await transcribe(engine, [...fits, ...refused, ' دبیر ']);
  expect(sent('keyterms')).toEqual(fits);
});

test('audio with keyterms costs a fifth more, and without them the usual price', async () => {
  const { engine } = await start(undefined, { pricePerMinute: 0.3 });
  expect((await transcribe(engine)).cost).toBeNull();
  expect((await transcribe(engine, ['<>'])).cost).toBeNull();
  const { cost } = await transcribe(engine, ['دبیر']);
  expect(cost).toEqual({ amount: expect.closeTo((0.3 * 1.2 * 2) / 60, 9), currency: 'USD' });
});

test('ElevenLabs’ options follow the settings', async () => {
  const { engine, sent } = await start(undefined, { diarize: false, noVerbatim: true, keyterms: false });
  await transcribe(engine, ['دبیر']);
  expect([sent('diarize'), sent('no_verbatim'), sent('keyterms')]).toEqual([['false'], ['true'], []]);
  expect(engine.profile.can).toMatchObject({ speakers: false, hotwords: false });
});

test('scribe_v1 gets no option that it does not know', async () => {
  const { engine, sent } = await start(['scribe_v1'], { noVerbatim: true, pricePerMinute: 0.3 });
  const { cost } = await transcribe(engine, ['دبیر']);
  expect([sent('no_verbatim'), sent('keyterms')]).toEqual([[], []]);
  expect(cost).toBeNull();
});
