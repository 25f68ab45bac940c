/**
 * `npm run bench:local [-- --rounds N]` measures the LOCAL engine as a worker uses it (decode, cut, transcribe,
 * join) against faster-whisper called directly in Python, on the same file, model and settings, in turns. It
 * writes bench/results/local.json.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createUsageRecorder } from '../src/app/run/usage-recorder.ts';
import { transcribeChunks } from '../src/app/transcribe/transcribe-chunks.ts';
import { mediaLimits } from '../src/compose/media-limits.ts';
import type { Job } from '../src/domain/transcription.ts';
import { createLocalEngine } from '../src/engines/local/local-engine.ts';
import { provision } from '../src/engines/local/provision.ts';
import { createDecoder } from '../src/media/decoder.ts';
import { createDecoderProcesses } from '../src/media/decoder-processes.ts';
import { loadConfig } from '../src/runtime/config.ts';
import { localEngineConfig } from '../src/runtime/engine-settings.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';

/** The minimum duration is in seconds; the usual one is long enough to be cut into chunks. */
const { rounds, seconds: minSeconds } = readSizes({ rounds: 3, seconds: 400 }, { rounds: 1, seconds: 1 });
const never = new AbortController().signal;
const log = pino({ level: 'silent' });
const config = loadConfig({ ...process.env, LOCAL_MODEL: process.env['LOCAL_MODEL'] ?? 'base' });
const folder = await mkdtemp(join(tmpdir(), 'dabir-bench-local-'));
const media = createDecoderProcesses({ poolSize: 1 });
const decoder = createDecoder(media, mediaLimits(config, Number.MAX_SAFE_INTEGER));
const engine = createLocalEngine(localEngineConfig(config), log);
try {
  const voiceNote = await makeVoiceNote();
  const settings = await provision(localEngineConfig(config), log, () => undefined, never);
  const value = (name: string) => settings.parameters[settings.parameters.indexOf(name) + 1] ?? '';
  const script = fileURLToPath(new URL('./support/direct_whisper.py', import.meta.url));
  const options = ['--model', '--device', '--compute-type', '--threads'].map(value);
  const direct = spawn(settings.command, [script, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: direct.stdout })[Symbol.asyncIterator]();
  await answers.next();
  engine.prepare();
  await engine.whenReady(never);

  const times: { 'Dabir, s': number; 'faster-whisper, s': number; ratio: number; words: string }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ours = await transcribeLikeAWorker(voiceNote);
    direct.stdin.write(`${voiceNote}\n`);
    const theirs = JSON.parse((await answers.next()).value as string) as { seconds: number; words: number };
    times.push({
      'Dabir, s': Number(ours.seconds.toFixed(2)),
      'faster-whisper, s': Number(theirs.seconds.toFixed(2)),
      ratio: Number((ours.seconds / theirs.seconds).toFixed(3)),
      words: `${ours.words} and ${theirs.words}`,
    });
  }
  console.table(times);
  const sum = (name: 'Dabir, s' | 'faster-whisper, s') =>
    times.reduce((total, time) => total + time[name], 0);
  console.log(`in all ${(sum('Dabir, s') / sum('faster-whisper, s')).toFixed(3)} times (at most 1.05)`);
  await writeResult('local', { seconds: minSeconds, times });
  direct.stdin.end();
  await once(direct, 'exit');
} finally {
  await engine.close();
  await media.close();
  await rm(folder, { recursive: true, force: true });
}

/** Repeats the sample with its own pauses, as WAV, so that decoding is the same small work for both. */
async function makeVoiceNote(): Promise<string> {
  const wavPath = join(folder, 'sample.wav');
  const sample = fileURLToPath(new URL('../samples/voice-note.oga', import.meta.url));
  const { durationSeconds } = await decoder.decode(sample, wavPath, never);
  const wav = await readFile(wavPath);
  const times = Math.ceil(minSeconds / durationSeconds);
  const samples = Buffer.concat(Array.from({ length: times }, () => wav.subarray(44)));
  const header = Buffer.from(wav.subarray(0, 44));
  header.writeUInt32LE(36 + samples.length, 4);
  header.writeUInt32LE(samples.length, 40);
  const path = join(folder, 'recording.wav');
  await writeFile(path, Buffer.concat([header, samples]));
  return path;
}

async function transcribeLikeAWorker(path: string): Promise<{ seconds: number; words: number }> {
  const startedAt = performance.now();
  const audio = await decoder.decode(path, join(folder, 'decoded.wav'), never);
  const { segments } = await transcribeChunks(
    { decoder, chunks: { list: async () => [], save: async () => true }, log },
    {
      engine,
      job: { id: 1, engine: 'local', language: null, hasChunks: false } as unknown as Job,
      audio,
      folder,
      usageRecorder: createUsageRecorder('local'),
      signal: never,
      onProgress: () => undefined,
    },
  );
  const words = segments.reduce((sum, segment) => sum + segment.words.length, 0);
  return { seconds: (performance.now() - startedAt) / 1000, words };
}
