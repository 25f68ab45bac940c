import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Chunks, StoredChunk } from '../../../src/app/ports/chunks.ts';
import { DatabaseAwayError } from '../../../src/app/ports/database.ts';
import type { Decoded, Decoder } from '../../../src/app/ports/media.ts';
import { createUsageRecorder } from '../../../src/app/run/usage-recorder.ts';
import { transcribeChunks } from '../../../src/app/transcribe/transcribe-chunks.ts';
import { defaultChoice } from '../../../src/domain/document-choice.ts';
import type { AudioChunk, Engine, EngineProfile, TranscribeHooks } from '../../../src/domain/engine.ts';
import { DabirError } from '../../../src/domain/errors.ts';
import { JobAborted } from '../../../src/domain/job-aborted.ts';
import { transcriptText } from '../../../src/domain/transcript.ts';
import type { Job } from '../../../src/domain/transcription.ts';
import { localProfile } from '../../../src/engines/local/profile.ts';
import { audioOf, transcribe } from '../../support/spoken-audio.ts';

/** Five minutes of words with one pause in every ten seconds. */
const truth = audioOf(
  Array.from({ length: 600 }, (_, index) => ({
    text: `w${index}`,
    lasts: 0.5,
    pause: index % 20 === 19 ? 0.4 : 0,
  })),
);
const spoken = truth.words.map(({ text }) => text).join(' ');

let folder: string;
let kept: StoredChunk[];
/** The ranges that the engine was given, in order, as `from-to` in whole seconds. */
let sent: string[];
/** Languages that the engine got; `?` after a guessed one. */
let languages: string[];
let batchSize: number;
let maxAtOnce: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-parts-'));
  kept = [];
  sent = [];
  languages = [];
  batchSize = 0;
  maxAtOnce = 0;
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Writes only the range when cutting: the engine below knows the words. */
const decoder: Pick<Decoder, 'cut'> = {
  cut: async (_audio, { start, end }, _format, output) => writeFile(output, JSON.stringify({ start, end })),
};
const chunks: Chunks = {
  list: async () => kept,
  async save(_job, chunk) {
    kept = [...kept.filter(({ start }) => start !== chunk.start), chunk];
    return true;
  },
};
const log = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

type Trouble = (range: { start: number; end: number }, hooks: TranscribeHooks) => Promise<void> | void;

/** Returns an engine without faults, except for the trouble that a test makes. */
function engineOf(more: Partial<EngineProfile['limits']> = {}, trouble: Trouble = () => undefined): Engine {
  const limits = {
    ...localProfile.limits,
    maxChunkSeconds: 50,
    maxParallelChunks: 3,
    formats: ['mp3'] as const,
    ...more,
  };
  return {
    profile: { ...localProfile, limits, price: { perMinute: 6, currency: 'IRT' } },
    prepare: () => undefined,
    readiness: () => ({ state: 'ready' }),
    whenReady: async () => undefined,
    close: async () => undefined,
    async transcribe({ path }: AudioChunk, { language, isLanguageGuessed }, hooks) {
      languages.push(`${language}${isLanguageGuessed ? '?' : ''}`);
      const range = JSON.parse(await readFile(path, 'utf8'));
      sent.push(`${Math.floor(range.start)}-${Math.floor(range.end)}`);
      batchSize += 1;
      maxAtOnce = Math.max(maxAtOnce, batchSize);
      try {
        await sleep(5);
        await trouble(range, hooks);
        hooks.onProgress(0.5);
        const segments = transcribe(truth, range, true).map((one) => ({
          ...one,
          start: one.start - range.start,
          end: one.end - range.start,
          words: one.words.map((word) => ({
            ...word,
            start: word.start - range.start,
            end: word.end - range.start,
          })),
        }));
        return { language: language ?? 'en', languageProbability: null, segments, cost: null };
      } finally {
        batchSize -= 1;
      }
    },
  };
}

const audio: Decoded = { path: '', durationSeconds: truth.seconds, lostSeconds: 0, loudness: truth.loudness };
const job = (more: Partial<Job> = {}) =>
  ({
    id: 1,
    engine: 'local',
    language: null,
    hasChunks: kept.length > 0,
    speakers: null,
    documents: defaultChoice,
    ...more,
  }) as Job;

function run(engine: Engine, more: { job?: Job; signal?: AbortSignal; progress?: number[] } = {}) {
  const usageRecorder = createUsageRecorder('local');
  const work = {
    engine,
    job: more.job ?? job(),
    audio,
    folder,
    usageRecorder,
    signal: more.signal ?? new AbortController().signal,
    onProgress: (fraction: number) => more.progress?.push(fraction),
  };
  return { usageRecorder, transcript: transcribeChunks({ decoder, chunks, log }, work) };
}

describe('a long file', () => {
  test('a long file is transcribed in chunks, some in parallel, the first alone to detect the language, and gives a whole transcript', async () => {
    const progress: number[] = [];
    const { transcript: running, usageRecorder } = run(engineOf(), { progress });
    const transcript = await running;
    expect(transcriptText(transcript)).toBe(spoken);
    expect(transcript.language).toBe('en');
    // The engine knows that nobody has set the language.
    expect(languages[0]).toBe('null?');
    expect(new Set(languages.slice(1))).toEqual(new Set(['en?']));
    expect(sent[0]).toMatch(/^0-/);
    expect(sent.length).toBeGreaterThan(5);
    expect(maxAtOnce).toBe(3);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBeCloseTo(1, 5);
    const { sentSeconds = 0, cost } = usageRecorder.usage() ?? {};
    expect(cost?.amount).toBeCloseTo((6 * sentSeconds) / 60, 3);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a long file of one chunk leaves nothing stored', async () => {
    await run(engineOf({ maxChunkSeconds: 1_000 })).transcript;
    expect(kept).toEqual([]);
  });

  test('a long file of one chunk is stored before its speakers are looked for, which takes long', async () => {
    await run(engineOf({ maxChunkSeconds: 1_000 }), { job: job({ speakers: 2 }) }).transcript;
    expect(kept).toHaveLength(1);
    await run(engineOf({ maxChunkSeconds: 1_000 }), { job: job({ speakers: 2 }) }).transcript;
    expect(sent).toHaveLength(1);
  });
});

test('a database that goes away while chunks are stored costs no chunk: each goes to the engine once', async () => {
  const failing = new Set([1, 4, 5]);
  let calls = 0;
  const save: Chunks['save'] = async (given, chunk) => {
    calls += 1;
    if (failing.has(calls)) throw new DatabaseAwayError(true, 'down', undefined);
    return chunks.save(given, chunk);
  };
  const work = {
    engine: engineOf(),
    job: job(),
    audio,
    folder,
    usageRecorder: createUsageRecorder('local'),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  const transcript = await transcribeChunks({ decoder, chunks: { ...chunks, save }, log }, work);
  expect(transcriptText(transcript)).toBe(spoken);
  expect(new Set(sent).size).toBe(sent.length);
  expect(kept).toHaveLength(sent.length);
});

describe('when a chunk fails', () => {
  const failsAt =
    (second: number, error: DabirError): Trouble =>
    ({ start, end }) => {
      if (start <= second && second < end) throw error;
    };

  test('when a chunk fails, the others are kept, the error names the missing minutes, and a retry transcribes only these', async () => {
    const broken = engineOf({}, failsAt(120, new DabirError('engine_rejected', 'not this one')));
    const error = await run(broken).transcript.catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: 'chunks_missing',
      retryable: false,
      details: { reason: 'engine_rejected' },
    });
    const [from, to] = error.details.ranges.split('-').map(Number);
    expect(from).toBeLessThanOrEqual(120);
    expect(to).toBeGreaterThan(120);
    const before = sent.length;
    const { transcript, usageRecorder } = run(engineOf());
    expect(transcriptText(await transcript)).toBe(spoken);
    expect(sent.slice(before)).toHaveLength(1);
    expect(usageRecorder.usage()?.sentSeconds).toBeLessThan(60);
    expect(usageRecorder.usage()?.cost?.amount).toBeGreaterThan((6 * truth.seconds) / 60);
  });

  test('when a chunk fails, another engine transcribes the missing range, and the transcript says which engine did which', async () => {
    const broken = engineOf({}, failsAt(120, new DabirError('engine_failed', 'a bad moment')));
    const error = await run(broken).transcript.catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'chunks_missing', retryable: true });
    kept = kept.map((chunk) => ({ ...chunk, engine: 'vira' }));
    const before = sent.length;
    const transcript = await run(engineOf({ maxChunkSeconds: 20 })).transcript;
    expect(transcriptText(transcript)).toBe(spoken);
    expect(sent.slice(before).length).toBeGreaterThan(1);
    expect(transcript.segments.filter(({ start, end }) => start < 110 && end > 130)).toEqual([]);
    const [from, to] = error.details.ranges.split('-').map(Number);
    // The range is in whole seconds, so a segment is judged by its middle.
    for (const { start, end, engine } of transcript.segments) {
      const middle = (start + end) / 2;
      expect(engine, `the segment at ${start} s`).toBe(from <= middle && middle < to ? undefined : 'vira');
    }
    expect(transcript.segments.filter(({ engine }) => engine === undefined).length).toBeGreaterThan(1);
  });

  test('when one engine has heard no speech in any chunk, another engine gets all of them', async () => {
    const deaf = engineOf();
    const hearing = deaf.transcribe;
    const hearsNothing: Engine = {
      ...deaf,
      transcribe: async (...given) => ({ ...(await hearing(...given)), segments: [] }),
    };
    expect(transcriptText(await run(hearsNothing).transcript)).toBe('');
    kept = kept.map((chunk) => ({ ...chunk, engine: 'vira' }));
    expect(transcriptText(await run(engineOf()).transcript)).toBe(spoken);
  });

  test('when a chunk fails and the next one too, the rest is not tried', async () => {
    const dead = engineOf({ maxParallelChunks: 1 }, () =>
      Promise.reject(new DabirError('engine_failed', 'down')),
    );
    await expect(run(dead).transcript).rejects.toMatchObject({ code: 'chunks_missing', retryable: true });
    expect(sent).toHaveLength(2);
  });

  test('when a chunk fails because of the account, nothing more is sent', async () => {
    const broke = engineOf({}, () =>
      Promise.reject(new DabirError('engine_unavailable', 'no credit', { retryable: false })),
    );
    await expect(run(broke).transcript).rejects.toMatchObject({ code: 'chunks_missing', retryable: false });
    expect(sent).toHaveLength(1);
  });

  test('when the only chunk fails, its own error is thrown', async () => {
    const broken = engineOf({ maxChunkSeconds: 1_000 }, () =>
      Promise.reject(new DabirError('engine_rejected', 'no')),
    );
    await expect(run(broken).transcript).rejects.toMatchObject({ code: 'engine_rejected' });
  });
});

describe('when a job is stopped in the middle', () => {
  test('when a job is stopped in the middle, nothing is left on disk, and the next worker transcribes only the missing chunks', async () => {
    const abort = new AbortController();
    const stops = engineOf({}, ({ start }, { signal }) => {
      if (start > 150) abort.abort(new JobAborted('shutdown'));
      signal.throwIfAborted();
    });
    await expect(run(stops, { signal: abort.signal }).transcript).rejects.toMatchObject({
      reason: 'shutdown',
    });
    expect(await readdir(folder)).toEqual([]);
    const done = kept.filter((chunk) => chunk.transcript !== null).length;
    expect(done).toBeGreaterThan(1);
    const before = sent.length;
    expect(transcriptText(await run(engineOf()).transcript)).toBe(spoken);
    const total = new Set(sent).size;
    expect(sent.length - before).toBe(total - done);
  });

  test('when a job is stopped in the middle, the service’s job number is given to the next attempt at the same chunk on the same engine', async () => {
    const abort = new AbortController();
    const crashes = engineOf({ maxChunkSeconds: 1_000 }, async (_range, { ticket }) => {
      expect(ticket.value).toBeNull();
      await ticket.save('job 7');
      abort.abort(new JobAborted('shutdown'));
      abort.signal.throwIfAborted();
    });
    await expect(run(crashes, { signal: abort.signal }).transcript).rejects.toBeInstanceOf(JobAborted);
    const seen: (string | null)[] = [];
    const goesOn = engineOf({ maxChunkSeconds: 1_000 }, (_range, { ticket }) => {
      seen.push(ticket.value);
    });
    expect(transcriptText(await run(goesOn).transcript)).toBe(spoken);
    expect(seen).toEqual(['job 7']);
  });

  test('when a job is stopped in the middle, a worker that has lost the file writes nothing and stops', async () => {
    const lost = { ...chunks, save: async () => false };
    const work = run(engineOf());
    await work.transcript;
    const again = transcribeChunks(
      { decoder, chunks: lost, log },
      {
        engine: engineOf(),
        job: job({ hasChunks: false }),
        audio,
        folder,
        usageRecorder: createUsageRecorder('local'),
        signal: new AbortController().signal,
        onProgress: () => undefined,
      },
    );
    await expect(again).rejects.toMatchObject({ reason: 'lost' });
  });
});
