/**
 * `npm run bench:accuracy -- DIR [--engines local,vira] [--models base,small] [--damage all] [--minutes N] [--detect]`
 * measures how many words engines get wrong in the recordings of a folder, each with its text (`1.mp3` and `1.txt`; the
 * name of a subfolder such as `fa` is the language), and what LOCAL takes for it. Every engine that is configured takes
 * part, LOCAL with each model named. `--damage` adds the recordings with noise, as a telephone call and so on, and sounds
 * without speech; `--minutes` repeats each recording up to this length; `--detect` tells the engines no language.
 * It prints tables and writes bench/results/accuracy.json.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Engine } from '../src/domain/engine.ts';
import { createLocalEngine } from '../src/engines/local/local-engine.ts';
import { createEngines } from '../src/engines/registry.ts';
import { wavHeader, wavHeaderBytes } from '../src/media/wav.ts';
import { loadConfig } from '../src/runtime/config.ts';
import type { Config } from '../src/runtime/config-schema.ts';
import { engineSettings, localEngineConfig } from '../src/runtime/engine-settings.ts';
import { damages, repeat, type Samples, sounds } from './support/accuracy/damage.ts';
import { findSpokenTexts } from './support/accuracy/spoken-texts.ts';
import { createTranscriber } from './support/accuracy/transcribe.ts';
import {
  addErrors,
  countErrors,
  noErrors,
  percentOf,
  type TranscriptErrors,
} from './support/accuracy/word-errors.ts';
import { writeResult } from './support/results.ts';
import { isShort, readOptions } from './support/sizes.ts';

/** Duration of a sound without speech, in seconds. */
const soundSeconds = 60;

const { sizes, values, positionals } = readOptions(
  { minutes: 0 },
  {},
  {
    engines: { type: 'string' },
    models: { type: 'string' },
    damage: { type: 'string' },
    detect: { type: 'boolean' },
  },
  true,
);
const listOf = (names: string | undefined) => names?.split(',').map((name) => name.trim());
const samplesFolder = fileURLToPath(new URL('../samples', import.meta.url));
const config: Config = loadConfig({ ...process.env, MAX_DURATION_MINUTES: '6000' });
const log = pino({ level: 'silent' });
const folder = await mkdtemp(join(tmpdir(), 'dabir-bench-accuracy-'));
const transcriber = createTranscriber(config, folder);

/** One audio to transcribe: a recording, damaged or not, or a sound without speech. */
type Audio = {
  readonly group: string;
  readonly language: string;
  readonly path: string;
  readonly text: string;
};

/** Sums over the audios of one row. */
type Row = {
  errors: TranscriptErrors;
  words: number;
  seconds: number;
  processorMs: number;
  maxBytes: number;
};

try {
  const audios = await prepareAudios(positionals[0] ?? samplesFolder);
  const figures: object[] = [];
  for (const { name, model, create } of configuredEngines()) {
    const engine = create();
    try {
      engine.prepare();
      await engine.whenReady(AbortSignal.timeout(30 * 60_000));
      const rows = await measure(engine, audios);
      for (const [key, row] of rows) figures.push({ engine: name, model, ...figuresOf(key, row, engine) });
    } finally {
      await engine.close();
    }
  }
  console.table(figures);
  await writeResult('accuracy', { isLanguageGiven: !values.detect, figures });
} finally {
  await transcriber.close();
  await rm(folder, { recursive: true, force: true });
}

/** Returns the engines to measure, each with the name of its model. */
function configuredEngines(): { name: string; model: string; create: () => Engine }[] {
  const settings = engineSettings(config);
  const wanted = listOf(values.engines);
  const remote = createEngines(settings, log).filter(({ profile }) => profile.kind === 'remote');
  const models = listOf(values.models) ?? [config.LOCAL_MODEL ?? 'base'];
  return [
    ...models.map((model) => ({
      name: 'local',
      model: basename(model),
      create: () => createLocalEngine({ ...localEngineConfig(config), model }, log),
    })),
    ...remote.map((engine) => ({
      name: engine.profile.id,
      model: engine.profile.id === 'local' ? '' : settings[engine.profile.id].model,
      create: () => engine,
    })),
  ].filter(({ name }) => wanted === undefined || wanted.includes(name));
}

/** Writes the audios into the bench's folder: all of them are the same for every engine. */
async function prepareAudios(from: string): Promise<Audio[]> {
  const spoken = await findSpokenTexts(from);
  const chosen = chosenDamages();
  const audios: Audio[] = [];
  for (const [index, { path, text, language }] of (isShort ? spoken.slice(0, 1) : spoken).entries()) {
    const speech = await readSamples(await transcriber.decode(path, `${index}.wav`));
    const { samples, times } = repeat(speech, sizes.minutes * 60);
    const said = Array(times).fill(text).join('\n');
    const add = async (group: string, damaged: Samples) =>
      audios.push({ group, language, text: said, path: await write(`${index} ${group}.wav`, damaged) });
    await add('as recorded', samples);
    for (const name of chosen) {
      const damage = damages[name];
      if (damage !== undefined) await add(name, damage(samples));
    }
  }
  for (const name of chosen) {
    const sound = sounds[name]?.(soundSeconds);
    if (sound !== undefined)
      audios.push({ group: name, language: '–', text: '', path: await write(`${name}.wav`, sound) });
  }
  return audios;
}

/** @throws Error for an unknown name */
function chosenDamages(): string[] {
  const known = [...Object.keys(damages), ...Object.keys(sounds)];
  const chosen = values.damage === 'all' ? known : (listOf(values.damage) ?? []);
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`unknown damage "${unknown}"; known: all, ${known.join(', ')}`);
  return chosen;
}

async function readSamples(path: string): Promise<Samples> {
  const bytes = await readFile(path);
  return Float32Array.from(
    { length: (bytes.length - wavHeaderBytes) / 2 },
    (_, at) => bytes.readInt16LE(wavHeaderBytes + 2 * at) / 32_768,
  );
}

async function write(name: string, samples: Samples): Promise<string> {
  const bytes = Buffer.alloc(2 * samples.length);
  for (const [at, sample] of samples.entries()) bytes.writeInt16LE(Math.round(sample * 32_767), 2 * at);
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([wavHeader(bytes.length), bytes]));
  return path;
}

/** Returns sums by group and language. */
async function measure(engine: Engine, audios: readonly Audio[]): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const { group, language, path, text } of audios) {
    const { languages } = engine.profile.can;
    if (languages !== 'any' && language !== '–' && !languages.includes(language)) continue;
    const given = values.detect || language === '–' ? null : language;
    const done = await transcriber.transcribe(engine, path, given).catch((error: Error) => {
      console.log(`${engine.profile.id}: ${group}, ${language}: ${error.message}`);
      return null;
    });
    if (done === null) continue;
    const key = `${group}\n${language}`;
    const row = rows.get(key) ?? { errors: noErrors, words: 0, seconds: 0, processorMs: 0, maxBytes: 0 };
    rows.set(key, {
      errors: addErrors(row.errors, countErrors(text, done.text)),
      words: row.words + done.text.split(/\s+/).filter(Boolean).length,
      seconds: row.seconds + done.seconds,
      processorMs: row.processorMs + done.processorMs,
      maxBytes: Math.max(row.maxBytes, done.maxBytes),
    });
  }
  return rows;
}

function figuresOf(key: string, { errors, words, seconds, processorMs, maxBytes }: Row, { profile }: Engine) {
  const [audio, language] = key.split('\n');
  const isHere = profile.kind === 'local';
  const rounded = (value: number) => (isHere && value >= 0 ? Math.round(10 * value) / 10 : null);
  return {
    audio,
    language,
    minutes: Math.round(seconds / 6) / 10,
    'words said': errors.words.length,
    'words transcribed': words,
    'words wrong, %': percentOf(errors.words),
    'wrong without half-spaces, %': percentOf(errors.wordsWithoutHalfSpaces),
    'characters wrong, %': percentOf(errors.characters),
    'processor s a minute': rounded(processorMs / 1000 / (seconds / 60)),
    'memory, MB': rounded(maxBytes / 2 ** 20),
  };
}
