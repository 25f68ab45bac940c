import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AudioChunk } from '../../src/domain/engine.ts';
import { createDecoderProcesses } from '../../src/media/decoder-processes.ts';
import { wavHeader } from '../media/samples.ts';
import { localEngineFolder } from './local-engine-folder.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const never = new AbortController().signal;

/** What the toy model has learnt of the Persian sample: words as such a model writes them. */
export const spokenInToy = 'سلام دنیا این یک آزمایش است و می نویسد بیست و پنج درصد'.split(' ');

/**
 * Makes CTC models of 50 kB that have learnt a recording by heart (toy_ctc.py).
 * @param forms what their graphs take and return; each is the name of its folder
 * @returns the words with their times in the recording, in seconds
 */
export async function makeToyModels(
  python: string,
  recording: string,
  folder: string,
  forms: readonly string[],
): Promise<{ word: string; start: number; end: number }[]> {
  const parameters = [
    path('toy_ctc.py'),
    path('../../src/engines/local'),
    recording,
    folder,
    forms.join(','),
  ];
  const { stdout } = await promisify(execFile)(python, [...parameters, ...spokenInToy]);
  return (JSON.parse(stdout) as [string, number, number][]).map(([word, start, end]) => ({
    word,
    start,
    end,
  }));
}

/** Makes a data folder whose LOCAL engine is that of the other tests, with a folder of models of its own. */
export async function linkLocalEngine(dataDir: string): Promise<void> {
  const shared = join(localEngineFolder(), 'local');
  const own = join(dataDir, 'local');
  await mkdir(join(own, 'models'), { recursive: true });
  for (const name of await readdir(shared)) {
    if (name.startsWith('python-')) await symlink(join(shared, name), join(own, name), 'junction');
  }
  const source = join(shared, 'models', 'base');
  await cp(source, join(own, 'models', 'base'), { recursive: true, preserveTimestamps: true });
}

/** Decodes one of the project's samples as a worker does. */
export async function decodeSample(name: string, folder: string): Promise<AudioChunk> {
  const decoder = createDecoderProcesses({ poolSize: 1 });
  const wavPath = join(folder, `${name}.wav`);
  const limits = {
    maxDurationSeconds: 60,
    maxMemoryBytes: 600_000_000,
    timeoutMs: 60_000,
    maxInputBytes: 2 ** 20,
  };
  const output = { wavPath, loudnessPath: `${wavPath}.loudness` };
  const { durationSeconds } = await decoder.decodeToWav(path(`../../samples/${name}`), output, limits, never);
  await decoder.close();
  return { path: wavPath, durationSeconds, format: 'wav' };
}

/** Writes samples of 16 kHz as a WAV file. */
export async function writeWav(folder: string, name: string, samples: Int16Array): Promise<AudioChunk> {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const header = wavHeader(data.length, { rate: 16_000, channels: 1, coding: 'pcm16' });
  await writeFile(join(folder, name), Buffer.concat([header, data]));
  return { path: join(folder, name), durationSeconds: samples.length / 16_000, format: 'wav' };
}
