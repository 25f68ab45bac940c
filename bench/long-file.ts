/**
 * `npm run bench:long-file [-- --minutes N]` runs a worker's steps for a long file (two hours by default) on the
 * real LOCAL engine: it measures the decoding speed and the memory beside the engine's own, and checks that
 * every word comes back at its time. It prints a table and writes bench/results/long-file.json.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createUsageRecorder } from '../src/app/run/usage-recorder.ts';
import { transcribeChunks } from '../src/app/transcribe/transcribe-chunks.ts';
import { mediaLimits } from '../src/compose/media-limits.ts';
import type { Segment, Word } from '../src/domain/transcript.ts';
import type { Job } from '../src/domain/transcription.ts';
import { createLocalEngine } from '../src/engines/local/local-engine.ts';
import { createDecoder } from '../src/media/decoder.ts';
import { createDecoderProcesses } from '../src/media/decoder-processes.ts';
import { loadConfig } from '../src/runtime/config.ts';
import { localEngineConfig } from '../src/runtime/engine-settings.ts';
import { recordMinuteNumbers, type Truth } from './support/minute-numbers.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';

const { minutes } = readSizes({ minutes: 120 }, { minutes: 1 });
const folder = await mkdtemp(join(tmpdir(), 'dabir-long-file-'));
const config = loadConfig({ ...process.env, MAX_DURATION_MINUTES: '6000', LOCAL_MODEL: 'base' });
const log = pino({ level: 'silent' });
const media = createDecoderProcesses({ poolSize: 1 });
const engine = createLocalEngine(localEngineConfig(config), log);
const never = new AbortController().signal;
try {
  console.log(`recording ${minutes} minutes …`);
  const { path, truth } = await recordMinuteNumbers(folder, minutes);
  engine.prepare();
  await engine.whenReady(never);

  global.gc?.();
  const before = process.memoryUsage.rss();
  let maxDrift = before;
  const watch = setInterval(() => {
    maxDrift = Math.max(maxDrift, process.memoryUsage.rss());
  }, 50);
  const decoder = createDecoder(media, mediaLimits(config, Number.MAX_SAFE_INTEGER));
  const usageRecorder = createUsageRecorder('local');
  const audio = await usageRecorder.timed('decode', () =>
    decoder.decode(path, join(folder, 'decoded.wav'), never),
  );
  const progress: { at: number; fraction: number }[] = [];
  const chunks = { list: async () => [], save: async () => true };
  const startedAt = performance.now();
  const job = { id: 1, engine: 'local', language: null, hasChunks: false } as unknown as Job;
  const transcript = await usageRecorder.timed('transcribe', () =>
    transcribeChunks(
      { decoder, chunks, log },
      {
        engine,
        job,
        audio,
        folder,
        usageRecorder,
        signal: never,
        onProgress: (fraction) => progress.push({ at: performance.now() - startedAt, fraction }),
      },
    ),
  );
  clearInterval(watch);
  await report(
    audio.durationSeconds,
    usageRecorder.usage(),
    maxDrift - before,
    transcript.segments,
    truth,
    progress,
  );
} finally {
  await engine.close();
  await media.close();
  await rm(folder, { recursive: true, force: true });
}

async function report(
  seconds: number,
  usage: ReturnType<ReturnType<typeof createUsageRecorder>['usage']>,
  memoryBytes: number,
  segments: readonly Segment[],
  truth: Truth,
  progress: readonly { at: number; fraction: number }[],
): Promise<void> {
  const { decodeMs = Number.NaN, transcribeMs = Number.NaN } = usage ?? {};
  const found = truth.map(({ minute, text, start, end }) => {
    const near = segments
      .flatMap(({ words }) => words)
      .filter((word) => word.end > start - 2 && word.start < end + 2);
    return { minute, share: shareTranscribed(near, text), offset: timeOffset(near, end) };
  });
  const offsets = found.map(({ offset }) => offset);
  const maxRestMs = Math.max(...progress.map(({ at }, index) => at - (progress[index - 1]?.at ?? 0)));
  const unordered = segments.filter(({ start }, index) => start < (segments[index - 1]?.start ?? 0)).length;
  const missing = found.filter(({ share }) => share < 0.3).map(({ minute }) => minute);
  if (missing.length > 0) console.log(`not transcribed: minutes ${missing.join(', ')}`);
  console.log(
    `off at the last 20 minutes, s: ${offsets
      .slice(-20)
      .map((offset) => offset?.toFixed(2))
      .join(' ')}`,
  );
  const figures = {
    'decoded, times real time': Math.round((seconds * 1000) / decodeMs),
    'transcribed, times real time': Math.round((seconds * 1000) / transcribeMs),
    'memory of the worker, MB above its start': Math.round(memoryBytes / 2 ** 20),
    'words transcribed right, %': Math.round(
      (100 * found.reduce((sum, { share }) => sum + share, 0)) / found.length,
    ),
    'minutes with any words': `${found.filter(({ offset }) => offset !== null).length} of ${truth.length}`,
    'segments out of order': unordered,
    'times off at the end (last 10 minutes) by at most, s': worst(offsets.slice(-10)),
    'times off at the start (first 10 minutes) by at most, s': worst(offsets.slice(0, 10)),
    'times off anywhere by at most, s': worst(offsets),
    'steps of progress': progress.length,
    'longest time without progress, s': (maxRestMs / 1000).toFixed(1),
  };
  console.table(figures);
  await writeResult('long-file', { minutes, figures });
}

/** Returns the share of a sentence that is among the words, 0 to 1. */
function shareTranscribed(words: readonly Word[], sentence: string): number {
  const clean = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const transcribed = words.map(({ text }) => clean(text));
  const said = sentence.split(' ').map(clean);
  return said.filter((word) => transcribed.includes(word)).length / said.length;
}

/**
 * Returns the distance from the end of the number to the end of the voice, in seconds. (Whisper smears the
 * start of a first word over the pause before it, by up to half a second wherever it stands in a file.)
 */
function timeOffset(words: readonly Word[], end: number): number | null {
  const last = words.at(-1);
  return last === undefined ? null : last.end - end;
}

function worst(offsets: readonly (number | null)[]): string {
  return Math.max(...offsets.map((offset) => Math.abs(offset ?? Number.NaN))).toFixed(2);
}
