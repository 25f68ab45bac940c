/**
 * `npm run bench:speakers -- DIR` measures who said what on the WAV files of a folder (16 kHz mono 16-bit), each in a process
 * of its own. Beside `name.wav` stand its known turns, `name.ref.json` (`[[start, end, "speaker"], …]`), and, if words are
 * to be counted, the times of its words, `name.words.json` (`[[start, end], …]`). `--count` tells the number of speakers
 * beforehand. `--short` makes a recording of the project's samples. Writes bench/results/speakers.json.
 */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mediaLimits } from '../src/compose/media-limits.ts';
import { assignSpeakers } from '../src/domain/speaker-turns.ts';
import type { Segment } from '../src/domain/transcript.ts';
import { createSpeakerFinder } from '../src/engines/speakers/speaker-finder.ts';
import { createDecoder } from '../src/media/decoder.ts';
import { createDecoderProcesses } from '../src/media/decoder-processes.ts';
import { bytesPerSample, sampleRate, wavHeaderBytes } from '../src/media/wav.ts';
import { loadConfig } from '../src/runtime/config.ts';
import { speakerFinderConfig } from '../src/runtime/engine-settings.ts';
import { bestPairing, diarisationError } from './support/diarisation-error.ts';
import { composeTurns, type KnownTurn } from './support/known-turns.ts';
import { writeResult } from './support/results.ts';
import { isShort } from './support/sizes.ts';

const never = new AbortController().signal;
const config = loadConfig(process.env);
const knowsCount = process.argv.includes('--count');
const folder = isShort ? await mkdtemp(join(tmpdir(), 'dabir-bench-speakers-')) : process.argv[2];
if (folder === undefined) throw new Error('npm run bench:speakers -- DIR');
let expense = { cpuSeconds: 0, peakMegabytes: 0 };
const log = {
  debug: () => undefined,
  info: (fields: object) => {
    expense = fields as typeof expense;
  },
  warn: (fields: object, message: string) => console.log(message, fields),
  error: (fields: object, message: string) => console.log(message, fields),
};
const finder = createSpeakerFinder(speakerFinderConfig(config), log);
try {
  if (isShort) await makeShort(folder);
  const rows: Record<string, string | number>[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.wav')).sort()) {
    const row = await measure(join(folder, basename(name, '.wav')));
    if (row === null) continue;
    rows.push(row);
    console.log(JSON.stringify(row));
  }
  console.table(rows);
  await writeResult('speakers', { rows });
} finally {
  await finder.close();
  if (isShort) await rm(folder, { recursive: true, force: true });
}

/** Measures one recording; null if its turns are not known. */
async function measure(path: string): Promise<Record<string, string | number> | null> {
  const known = await readJson<readonly KnownTurn[]>(`${path}.ref.json`);
  if (known === null) return null;
  const { size } = await stat(`${path}.wav`);
  const seconds = (size - wavHeaderBytes) / bytesPerSample / sampleRate;
  const speakers = new Set(known.map(([, , speaker]) => speaker)).size;
  const startedAt = performance.now();
  const turns = await finder.find(
    { path: `${path}.wav`, durationSeconds: seconds },
    knowsCount ? speakers : null,
    { signal: never, onProgress: () => undefined },
  );
  if (turns === null) throw new Error('speakers cannot be told apart on this machine');
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const found = turns.map(({ start, end, speaker }): KnownTurn => [start, end, String(speaker)]);
  const error = diarisationError(known, found, seconds);
  const words = await readJson<readonly (readonly [number, number])[]>(`${path}.words.json`);
  return {
    file: basename(path),
    seconds: Math.round(seconds),
    'DER, %': round(error.der),
    'confused, %': round(error.confused),
    speakers: `${new Set(found.map(([, , speaker]) => speaker)).size} of ${speakers}`,
    'words right, %': words === null ? '–' : round(wordsRight(words, known, found)),
    'processor s per minute': round(expense.cpuSeconds / (seconds / 60)),
    'wall s': round(wallSeconds),
    'memory, MB': expense.peakMegabytes,
  };
}

/** Returns the share of words that are given to the right speaker, in percent. */
function wordsRight(
  times: readonly (readonly [number, number])[],
  known: readonly KnownTurn[],
  found: readonly KnownTurn[],
): number {
  const [truth, guess] = [known, found].map((turns) => speakersOfWords(times, turns)) as [string[], string[]];
  const [rows, columns] = [[...new Set(truth)], [...new Set(guess)]];
  const agreement = rows.map((row) =>
    columns.map((column) => truth.filter((speaker, at) => speaker === row && guess[at] === column).length),
  );
  return (100 * bestPairing(agreement)) / Math.max(1, times.length);
}

function speakersOfWords(
  times: readonly (readonly [number, number])[],
  turns: readonly KnownTurn[],
): string[] {
  const names = [...new Set(turns.map(([, , speaker]) => speaker))];
  const words = times.map(([start, end], at) => ({ text: `w${at}`, start, end, probability: null }));
  const text = words.map((word) => word.text).join(' ');
  const segment = { start: 0, end: 0, text, words } as unknown as Segment;
  const ordered = turns
    .map(([start, end, speaker]) => ({ start, end, speaker: names.indexOf(speaker) }))
    .toSorted((a, b) => a.start - b.start);
  return assignSpeakers([segment], ordered).flatMap((piece) => piece.words.map(() => piece.speaker ?? ''));
}

/** Makes a recording of the two samples, in turns; they are of one robot, so one of them is made higher. */
async function makeShort(target: string): Promise<void> {
  const media = createDecoderProcesses({ poolSize: 1 });
  const decoder = createDecoder(media, mediaLimits(config, Number.MAX_SAFE_INTEGER));
  const decode = async (name: string) => {
    const wav = join(target, `${name}.decoded`);
    const sample = fileURLToPath(new URL(`../samples/${name}.oga`, import.meta.url));
    return { wav, seconds: (await decoder.decode(sample, wav, never)).durationSeconds };
  };
  const voices = [await decode('voice-note'), await decode('voice-note-fa')];
  await media.close();
  const pieces = voices.flatMap(({ wav, seconds }, speaker) =>
    [0, 1].map((half) => ({
      speaker: String(speaker),
      wav,
      range: [(half * seconds) / 2, ((half + 1) * seconds) / 2] as const,
      speed: speaker === 0 ? 1 : 1.35,
      order: half * 2 + speaker,
    })),
  );
  const turns = await composeTurns(
    join(target, 'samples.wav'),
    pieces.toSorted((a, b) => a.order - b.order),
  );
  await writeFile(join(target, 'samples.ref.json'), JSON.stringify(turns));
}

async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return null;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
