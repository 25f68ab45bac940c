import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AudioChunk, Engine } from '../../src/domain/engine.ts';
import { transcriptText } from '../../src/domain/transcript.ts';
import { createLocalEngine } from '../../src/engines/local/local-engine.ts';
import { ctcModels } from '../../src/engines/local/models/ctc-models.ts';
import type { CtcModel } from '../../src/engines/local/models/local-model.ts';
import { provideOwnModels } from '../../src/engines/local/models/provide-own-models.ts';
import { modelsFolder, provision } from '../../src/engines/local/provision.ts';
import { describeWithLocal, localEngineConfig } from '../support/local-engine-folder.ts';
import { manifestOf, modelFiles, sha256, startHub } from '../support/local-hub.ts';
import { hooks } from '../support/local-transcribers.ts';
import { decodeSample, linkLocalEngine, makeToyModels, spokenInToy, writeWav } from '../support/toy-ctc.ts';

const never = new AbortController().signal;
const silent = pino({ level: 'silent' });
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

await describeWithLocal('a CTC model of its own for Persian:', () => {
  let folder = '';
  let python = '';
  let note: AudioChunk;
  let noteInEnglish: AudioChunk;
  let engine: Engine;
  /** The words of the toy model with the places where it has learnt them, in seconds. */
  let learnt: Awaited<ReturnType<typeof makeToyModels>>;
  let dataDir = '';
  const model = (name: string) => join(modelsFolder({ dataDir }), name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-ctc-'));
    ({ command: python } = await provision(localEngineConfig(), silent, () => undefined, never));
    dataDir = join(folder, 'data');
    await linkLocalEngine(dataDir);
    note = await decodeSample('voice-note-fa.oga', folder);
    noteInEnglish = await decodeSample('voice-note.oga', folder);
    learnt = await makeToyModels(python, note.path, modelsFolder({ dataDir }), ['plain', 'no-length']);
    await writeFile(join(model('plain'), 'model.json'), JSON.stringify({ languages: ['fa'] }));
    await writeFile(join(model('no-length'), 'model.json'), JSON.stringify({ languages: ['ckb'] }));
    engine = createLocalEngine({ ...localEngineConfig(), dataDir }, silent);
    engine.prepare();
    await engine.whenReady(never);
  });
  afterAll(async () => {
    await engine?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('its words have the times at which they are said, digits, half-spaces, and a mark at the end', async () => {
    const progress: number[] = [];
    const onProgress = (fraction: number) => progress.push(fraction);
    const transcript = await engine.transcribe(note, { language: 'fa', hotwords: [] }, hooks({ onProgress }));
    expect(transcriptText(transcript)).toBe('سلام دنیا این یک آزمایش است و می‌نویسد ۲۵٪.');
    expect(transcript).toMatchObject({ language: 'fa', languageProbability: null });
    const words = transcript.segments.flatMap((segment) => segment.words);
    expect(words.map(({ start }) => start)).toEqual(
      words.map(({ start }) => start).toSorted((a, b) => a - b),
    );
    const start = (text: string) => words.find((word) => word.text.startsWith(text))?.start;
    const said = (text: string) => learnt.find(({ word }) => word === text)?.start ?? Number.NaN;
    for (const text of ['سلام', 'دنیا', 'آزمایش', 'است'])
      expect(start(text), text).toBeCloseTo(said(text), 1);
    // A word made of several takes the times of all.
    const number = words.at(-1);
    expect(number?.start).toBeCloseTo(said('بیست'), 1);
    expect(number?.end).toBeGreaterThanOrEqual(said('درصد'));
    expect(start('می‌نویسد')).toBeCloseTo(said('می'), 1);
    for (const { probability } of words) expect(probability).toBeGreaterThan(0.5);
    expect(progress.at(-1)).toBeGreaterThan(0.8);
  });

  test('without a given language Whisper finds it, and each language goes to its model', async () => {
    const persian = await engine.transcribe(note, { language: null, hotwords: [] }, hooks());
    expect(persian.language).toBe('fa');
    expect(persian.languageProbability).toBeGreaterThan(0.5);
    expect(transcriptText(persian)).toBe('سلام دنیا این یک آزمایش است و می‌نویسد ۲۵٪.');
    const english = await engine.transcribe(noteInEnglish, { language: null, hotwords: [] }, hooks());
    expect(english.language).toBe('en');
    expect(transcriptText(english)).toMatch(/voice message/i);
  });

  test('silence has no words', async () => {
    const silence = await writeWav(folder, 'silence.wav', new Int16Array(16_000 * 3));
    const transcript = await engine.transcribe(silence, { language: 'fa', hotwords: [] }, hooks());
    expect(transcript.segments).toEqual([]);
  });

  test('a language that was given is compared with the one that is spoken', async () => {
    const checked = { language: 'fa', checksLanguage: true, hotwords: [] };
    const transcript = await engine.transcribe(noteInEnglish, checked, hooks());
    expect(transcript.detected).toMatchObject({ language: 'en' });
  });

  test('a graph that no longer loads fails its file with a sentence, and the engine goes on', async () => {
    await writeFile(join(model('no-length'), 'model.onnx'), 'not a graph');
    const kurdish = engine.transcribe(note, { language: 'ckb', hotwords: [] }, hooks());
    await expect(kurdish).rejects.toMatchObject({
      code: 'engine_failed',
      message: expect.stringMatching(/^the model no-length cannot be used: the graph cannot be loaded: /),
    });
    const next = await engine.transcribe(note, { language: 'fa', hotwords: [] }, hooks());
    expect(next.segments.length).toBeGreaterThan(0);
  });

  test('a model from the hub is checked, run once, and used; one that does not run is left out', async () => {
    const hub = await startHub();
    const lines: { msg: string; model: string; fault: string }[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) });
    const provide = async (models: string, graph: Buffer) => {
      const files = { 'model.onnx': graph, 'tokens.txt': await readFile(join(model('plain'), 'tokens.txt')) };
      Object.assign(modelFiles, files);
      const known: CtcModel = {
        ...(ctcModels[1] as CtcModel),
        ...manifestOf(),
        name: 'toy',
        files: Object.entries(files).map(([name, content]) => ({
          name,
          bytes: content.length,
          sha256: sha256(content),
        })),
      };
      const rules = {
        fixed: new Map(),
        forbidden: new Set(['x']),
        agreed: new Set(['toy']),
        memoryBytes: 2 ** 34,
      };
      const source = { folder: join(folder, models), hub: { address: hub.address }, python };
      return provideOwnModels(rules, source, { logger, onProgress: () => undefined, signal: never }, [known]);
    };
    const graph = await readFile(join(model('plain'), 'model.onnx'));
    const own = await provide('from-hub', graph);
    expect(own).toEqual([
      {
        name: 'toy',
        path: join(folder, 'from-hub', 'toy'),
        languages: ['fa'],
        graph: 'model.onnx',
        tokens: 'tokens.txt',
        normalise: 'none',
      },
    ]);
    const before = hub.requests.length;
    expect(before).toBe(2);
    expect(await provide('from-hub', graph)).toEqual(own);
    expect(hub.requests).toHaveLength(before);
    expect(await provide('broken', Buffer.from('not a graph'))).toEqual([]);
    expect(lines).toMatchObject([
      { model: 'toy', fault: expect.stringMatching(/^the graph cannot be loaded: /) },
    ]);
    await hub.close();
  });

  test('graphs of other exporters give the same words, or are refused with a sentence', async () => {
    const forms = ['plain', 'no-length', 'samples', 'bad-tokens', 'caches'];
    await makeToyModels(python, note.path, join(folder, 'forms'), forms);
    const models = [...forms, 'plain:none', 'plain:per_feature'];
    const said = await cases('words', note.path, join(folder, 'forms'), ...models);
    expect(said).toMatchObject({
      plain: spokenInToy,
      'no-length': spokenInToy,
      samples: spokenInToy,
      'bad-tokens': expect.stringMatching(/^the graph has \d+ tokens and the list 5$/),
      caches: expect.stringMatching(
        /^the graph takes \(audio_signal, length, cache_last_channel\), and not one/,
      ),
      'plain:none': spokenInToy,
    });
    expect(said['plain:per_feature']).not.toEqual(spokenInToy);
  });

  test('audio is cut in pauses and between languages, tokens become words, and features are those of NeMo', async () => {
    expect(await cases('pure')).toEqual({
      words: [
        ['سلام', 0, 0.24],
        ['نو', 0.4, 0.56],
        ['é', 0.8, 0.96],
      ],
      // Of 30 s at most, in the longest pause after the first 10 s; a long pause ends a part.
      parts: [
        [0.2, 21],
        [22, 40],
        [50, 54.8],
      ],
      // Speech without a pause is cut where it is quietest.
      quietest: [
        [0, 25.05],
        [25.05, 40],
      ],
      languages: [
        [0, 22, 'en'],
        [22, 60, 'fa'],
      ],
      uncertain: [[0, 60, 'fa']],
      'a short end': [[0, 60, 'fa']],
      // A stretch of 20 to 30 s has one language.
      'a short insert': [[0, 60, 'fa']],
      'short and uncertain': [[0, 60, 'fa']],
      // Where the language changes, no word is lost, doubled, cut, or given to the wrong model.
      seams: { once: true, late: [], wrong: [], language: 'en' },
      // The model that was used longest ago makes room.
      'one model at a time': [['whisper'], ['a'], ['whisper'], ['b'], ['a']],
      'two models at a time': [['whisper'], ['whisper', 'a'], ['a', 'whisper'], ['whisper', 'b'], ['b', 'a']],
      ends: [
        ['one', 0, 0.5],
        ['two', 0.5, 1],
        ['three', 2, 2.2],
      ],
      'far from NeMo': [],
    });
  });

  const cases = async (...parameters: string[]) => {
    const all = [path('ctc_model_cases.py'), path('../../src/engines/local'), ...parameters];
    const { stdout } = await promisify(execFile)(python, all);
    return JSON.parse(stdout);
  };
});
