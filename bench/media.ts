/**
 * `npm run bench:media` measures how fast files become 16 kHz mono with node-av and with the programs that
 * Dabir finds on the PATH, beside a plain run of the `ffmpeg` program, on the same files in the same run, in
 * turns; then a file of two hours, with the peak memory of the decoding process and its program (on Linux).
 * It needs `ffmpeg` to make the files; `ENCODER=/usr/bin/ffmpeg` names one when the one on the PATH cannot
 * make them.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDecoderProcesses, type DecoderProcesses } from '../src/media/decoder-processes.ts';
import { findFfmpeg } from '../src/media/find-ffmpeg.ts';
import { percentile, rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';

const run = promisify(execFile);
const {
  rounds,
  'note-rounds': noteRounds,
  'hour-rounds': hourRounds,
  minutes,
  'hour-minutes': hourMinutes,
  'warm-up': warmUp,
} = readSizes(
  { rounds: 7, 'note-rounds': 31, 'hour-rounds': 3, minutes: 20, 'hour-minutes': 60, 'warm-up': 1 },
  { rounds: 1, 'note-rounds': 1, 'hour-rounds': 1, minutes: 0.1, 'hour-minutes': 0.2, 'warm-up': 0 },
);
const encoder = process.env['ENCODER'] ?? 'ffmpeg';
const voice = fileURLToPath(new URL('../samples/voice-note.oga', import.meta.url));
const note = fileURLToPath(new URL('fixtures/voice-note-5s.oga', import.meta.url));
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=15'];
const film = ['-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-shortest'];

/** Typical uploads: name, the encoder's input options, and how the voice is encoded. */
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
const decoders: Readonly<Record<'node-av' | 'programs', DecoderProcesses>> = {
  'node-av': createDecoderProcesses({ poolSize: 1, ffmpeg: findFfmpeg('node-av') }),
  programs: createDecoderProcesses({ poolSize: 1, ffmpeg: findFfmpeg('program') }),
};
const output = { wavPath: join(folder, 'out.wav'), loudnessPath: join(folder, 'out.loudness') };
try {
  const figures: object[] = [await compare('a voice note of 5 s', note, 5 / 60, noteRounds)];
  for (const [name, before, coding] of files) {
    const path = await record(name, minutes * 60, before, coding);
    figures.push(await compare(name, path, minutes, rounds));
    await rm(path);
  }
  const hour = await record('an-hour.oga', hourMinutes * 60, [], ['-c:a', 'libopus', '-b:a', '32k']);
  figures.push(await compare(`${hourMinutes} minutes (Opus)`, hour, hourMinutes, hourRounds));
  const long = await record('two-hours.oga', 2 * hourMinutes * 60, [], ['-c:a', 'libopus', '-b:a', '32k']);
  const twoHours: Record<string, object> = {};
  for (const [name, decoder] of Object.entries(decoders)) {
    let peakMb: number | null = 0;
    const watch = setInterval(async () => {
      peakMb = Math.max(peakMb ?? 0, (await maxChildMb()) ?? 0);
    }, 200);
    const ms = await timed(() => decode(decoder, long));
    clearInterval(watch);
    // Another decoder's processes would be counted with it.
    await decoder.close();
    console.log(
      `${2 * hourMinutes} minutes, ${name.padEnd(9)} ${speed(ms, 2 * hourMinutes)}   at most ${peakMb || '?'} MB`,
    );
    twoHours[name] = { ms: rounded(ms, 0), peakMb };
  }
  await writeResult('media', { minutes, rounds, files: figures, twoHours });
} finally {
  for (const decoder of Object.values(decoders)) await decoder.close();
  await rm(folder, { recursive: true });
}

/** Returns medians in ms, of runs in turns. */
async function compare(name: string, path: string, ofMinutes: number, times: number): Promise<object> {
  const ways = {
    'node-av': () => decode(decoders['node-av'], path),
    programs: () => decode(decoders.programs, path),
    ffmpeg: () => decodeWithFfmpeg(path),
  };
  const taken = { 'node-av': [] as number[], programs: [] as number[], ffmpeg: [] as number[] };
  for (let round = -warmUp; round < times; round++) {
    for (const way of ['node-av', 'programs', 'ffmpeg'] as const) {
      const ms = await timed(ways[way]);
      if (round >= 0) taken[way].push(ms);
    }
  }
  const median = (way: keyof typeof taken) => percentile(taken[way], 0.5);
  const columns = (['node-av', 'programs', 'ffmpeg'] as const).map(
    (way) => `${way} ${speed(median(way), ofMinutes)}`,
  );
  console.log(
    `${name.padEnd(20)} ${columns.join('   ')}   ${(median('programs') / median('node-av')).toFixed(2)}`,
  );
  return {
    name,
    nodeAvMs: rounded(median('node-av'), 0),
    programsMs: rounded(median('programs'), 0),
    ffmpegMs: rounded(median('ffmpeg'), 0),
  };
}

/** Records the sample repeatedly. */
async function record(
  name: string,
  seconds: number,
  before: readonly string[],
  coding: readonly string[],
): Promise<string> {
  const path = join(folder, name);
  const input = [...before, '-stream_loop', '-1', '-i', voice, '-t', `${seconds}`];
  await run(encoder, ['-v', 'error', '-y', ...input, ...coding, path]);
  return path;
}

async function decode(decoder: DecoderProcesses, path: string): Promise<void> {
  await decoder.decodeToWav(path, output, limits, new AbortController().signal);
}

async function decodeWithFfmpeg(path: string): Promise<void> {
  // Raw samples: Dabir's own build (scripts/build-ffmpeg.sh) writes no WAV.
  const wav = ['-vn', '-ac', '1', '-ar', '16000', '-f', 's16le', join(folder, 'theirs.raw')];
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

/**
 * Returns the memory of the largest child and its program, in MB; null where the system does not report it.
 */
async function maxChildMb(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const processes = new Map<number, { parent: number; mb: number }>();
  for (const entry of await readdir('/proc')) {
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    if (parent !== 0)
      processes.set(Number(entry), {
        parent,
        mb: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024,
      });
  }
  const withPrograms = (id: number, mb: number) =>
    [...processes.values()].reduce((sum, other) => (other.parent === id ? sum + other.mb : sum), mb);
  const children = [...processes].filter(([, { parent }]) => parent === process.pid);
  return Math.round(Math.max(0, ...children.map(([id, { mb }]) => withPrograms(id, mb))));
}
