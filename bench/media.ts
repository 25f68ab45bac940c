/**
 * `npm run bench:media`: how fast files become 16 kHz mono, beside the `ffmpeg` program on the same files in the same run,
 * in turns; then a file of two hours, and what the decoding process holds of it at most (on Linux). Needs `ffmpeg`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDecoder } from '../src/media/decode.ts';
import { percentile, rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';

const run = promisify(execFile);
const rounds = 7;
const minutes = 20;
const voice = fileURLToPath(new URL('../samples/voice-note.oga', import.meta.url));
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=15'];
const film = ['-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-shortest'];

/** What people send: name, what comes before the voice, and how it is encoded. */
const files: readonly (readonly [name: string, before: readonly string[], coding: readonly string[]])[] = [
  ['voice-note.oga', [], ['-c:a', 'libopus', '-b:a', '32k']],
  ['music.mp3', [], ['-ar', '44100', '-ac', '2', '-c:a', 'libmp3lame', '-b:a', '128k']],
  ['recorder.m4a', [], ['-ar', '44100', '-c:a', 'aac', '-b:a', '64k']],
  ['browser.webm', [], ['-c:a', 'libopus', '-b:a', '48k']],
  ['studio.wav', [], ['-ar', '48000', '-ac', '2']],
  ['studio.flac', [], ['-ar', '48000', '-ac', '2']],
  ['old.wma', [], ['-ar', '44100', '-c:a', 'wmav2', '-b:a', '64k']],
  ['video.mp4', picture, [...film, '-ar', '44100', '-c:a', 'aac', '-b:a', '64k']],
];

const limits = {
  maxDurationSeconds: 3 * 3600,
  maxMemoryBytes: 2 ** 31,
  timeoutMs: 600_000,
  maxInputBytes: 2 ** 32,
};
const folder = await mkdtemp(join(tmpdir(), 'dabir-bench-media-'));
const decoder = createDecoder({ poolSize: 1 });
const output = { wavPath: join(folder, 'out.wav'), loudnessPath: join(folder, 'out.loudness') };
try {
  console.log(`${minutes} minutes of speech, median of ${rounds} in ms (times real time)`);
  const figures: object[] = [];
  for (const [name, before, coding] of files) {
    const path = await record(name, minutes * 60, before, coding);
    await decode(path);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      ours.push(await timed(() => decode(path)));
      theirs.push(await timed(() => decodeWithFfmpeg(path)));
    }
    const [mine, program] = [percentile(ours, 0.5), percentile(theirs, 0.5)];
    figures.push({
      name,
      oursMs: rounded(mine, 0),
      ffmpegMs: rounded(program, 0),
      share: rounded(mine / program),
    });
    console.log(
      `${name.padEnd(16)} ${speed(mine, minutes)}   ffmpeg ${speed(program, minutes)}   ${(mine / program).toFixed(2)}`,
    );
    await rm(path);
  }
  const long = await record('two-hours.oga', 7200, [], ['-c:a', 'libopus', '-b:a', '32k']);
  const longMs = await timed(() => decode(long));
  const peakMb = await largestChildMb();
  console.log(`two hours        ${speed(longMs, 120)}   at most ${peakMb ?? '?'} MB in the decoding process`);
  await writeResult('media', {
    minutes,
    rounds,
    files: figures,
    twoHours: { ms: rounded(longMs, 0), peakMb },
  });
} finally {
  await decoder.close();
  await rm(folder, { recursive: true });
}

/** The sample over and over. */
async function record(
  name: string,
  seconds: number,
  before: readonly string[],
  coding: readonly string[],
): Promise<string> {
  const path = join(folder, name);
  const input = [...before, '-stream_loop', '-1', '-i', voice, '-t', `${seconds}`];
  await run('ffmpeg', ['-v', 'error', '-y', ...input, ...coding, path]);
  return path;
}

async function decode(path: string): Promise<void> {
  await decoder.decodeToWav(path, output, limits, new AbortController().signal);
}

async function decodeWithFfmpeg(path: string): Promise<void> {
  const wav = ['-vn', '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', join(folder, 'theirs.wav')];
  await run('ffmpeg', ['-v', 'error', '-y', '-threads', '1', '-i', path, ...wav]);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function speed(ms: number, ofMinutes: number): string {
  return `${ms.toFixed(0).padStart(6)} (${((ofMinutes * 60_000) / ms).toFixed(0).padStart(5)}×)`;
}

/** What our largest child has held at most since its start, in megabytes; null where the system does not say. */
async function largestChildMb(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  let most = 0;
  for (const entry of await readdir('/proc')) {
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    if (!status.includes(`\nPPid:\t${process.pid}\n`)) continue;
    most = Math.max(most, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0));
  }
  return Math.round(most / 1024);
}
