import { missingChunks, type PlannedChunk, planChunks } from '../domain/cutting-plan.ts';
import type { AudioFormat, Engine } from '../domain/engine.ts';
import { type ErrorCode, toDabirError } from '../domain/errors.ts';
import { JobAborted } from '../domain/job-aborted.ts';
import type { Transcript } from '../domain/transcript.ts';
import type { Job } from '../domain/transcription.ts';
import { createChunksProgress } from './chunks-progress.ts';
import { combineChunks, costOfChunks, firstSpoken, languageOfChunks } from './combine-chunks.ts';
import { logError } from './log-error.ts';
import { findMissingChunks, type MissingChunk } from './missing-chunks.ts';
import type { Chunks, StoredChunk, TranscribedChunk } from './ports/chunks.ts';
import type { Decoded, Decoder } from './ports/media.ts';
import type { Log } from './ports/operations.ts';
import { whileHeld } from './retry-database.ts';
import { transcribeChunk } from './transcribe-chunk.ts';
import type { UsageRecorder } from './usage-recorder.ts';

export type TranscribeChunksDependencies = { decoder: Pick<Decoder, 'cut'>; parts: Chunks; log: Log };

/** Decoded audio with everything that its transcription needs. */
export type FileWork = {
  readonly engine: Engine;
  readonly job: Job;
  readonly audio: Decoded;
  /** Folder for chunks on their way to the engine. */
  readonly folder: string;
  /** Words that are likely to occur. */
  readonly hotwords?: readonly string[];
  readonly receipt: UsageRecorder;
  readonly signal: AbortSignal;
  /** Called with 0 to 1. */
  readonly onProgress: (fraction: number) => void;
};

/** Number of failed chunks in a row after which the rest is not tried, because the engine has a problem. */
const maxFailuresInRow = 2;

/** Codes of failures that every other chunk would meet too. */
const failsAll: ReadonlySet<ErrorCode> = new Set(['engine_account', 'engine_unavailable']);

/**
 * Transcribes decoded audio in chunks, as many at the same time as the engine takes, and stores each result at once.
 * Chunks that an earlier attempt stored, on any engine, are not transcribed again. A failed chunk does not stop the
 * others.
 * @throws the error of the chunk when there is only one, `parts_missing`, or the signal's reason
 */
export async function transcribeChunks(
  dependencies: TranscribeChunksDependencies,
  work: FileWork,
): Promise<Transcript> {
  const { engine, job, receipt, signal } = work;
  const kept = job.hasChunks ? await whileHeld(signal, () => dependencies.parts.list(job.id)) : [];
  const heard = kept.filter(isHeard);
  const { missing, format } = plan(work, heard);
  const isOnePart = missing.length === 1 && heard.length === 0;
  const progress = createChunksProgress(missing, heard, work.onProgress);
  const failed: MissingChunk[] = [];
  const untried: PlannedChunk[] = [];
  let failuresInRow = 0;

  const hear = async (part: PlannedChunk) => {
    const place = { start: part.start, end: part.end, engine: job.engine };
    try {
      receipt.addListened(part.to - part.from);
      const own = await transcribeChunk(
        dependencies.decoder,
        {
          ...work,
          part,
          format,
          language: job.language ?? languageOfChunks(heard),
          checksLanguage: job.language !== null && part === missing[0],
        },
        {
          signal,
          onProgress: (fraction) => progress(part, fraction),
          ticket: {
            value: ticketOf(kept, place),
            keep: (ticket) => keep(dependencies, work, { ...place, ticket, heard: null }),
          },
        },
      );
      const entry = { ...place, ticket: null, heard: own };
      heard.push(entry);
      receipt.setCost(costOfChunks(heard, engine.profile));
      failuresInRow = 0;
      progress(part, 1);
      if (!isOnePart) await keep(dependencies, work, entry);
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof JobAborted) throw thrown;
      const error = toDabirError(thrown);
      failed.push({ part, error });
      failuresInRow += 1;
      const { start, end } = part;
      const fields = { transcription: job.id, start, end, code: error.code };
      logError(dependencies.log, 'warn', fields, error, 'a chunk failed');
    }
  };
  const isHopeless = () =>
    failuresInRow >= maxFailuresInRow || failed.some(({ error }) => failsAll.has(error.code));
  const queue = missing.values();
  const hearAll = async () => {
    for (const part of queue) {
      if (isHopeless()) untried.push(part);
      else await hear(part);
    }
  };

  // The first chunk with speech decides the language of all; chunks on their own might be detected differently.
  const mayGuess = job.language === null && engine.profile.can.detectsLanguage;
  while (mayGuess && firstSpoken(heard) === undefined && !isHopeless()) {
    const next = queue.next();
    if (next.done) break;
    await hear(next.value);
  }
  await allSettled(Array.from({ length: engine.profile.limits.parallelParts }, hearAll));

  const [first] = failed;
  if (first === undefined) return combineChunks(heard, job);
  if (isOnePart) throw first.error;
  throw findMissingChunks([...failed, ...untried.map((part) => ({ part, error: first.error }))]);
}

/**
 * Upper bounds of the encoded size, in bytes per second; for Opus and MP3 the bit rate plus the container's overhead.
 */
const bytesPerSecond: Readonly<Record<AudioFormat, number>> = {
  wav: 32_100,
  flac: 32_100,
  mp3: 8_500,
  ogg: 5_000,
};

function plan({ engine, audio }: FileWork, heard: readonly TranscribedChunk[]) {
  const { formats, partBytes, partSeconds } = engine.profile.limits;
  const format = formats[0] ?? 'wav';
  const seconds = Math.min(partSeconds, partBytes / bytesPerSecond[format]);
  const whole = { start: 0, end: audio.durationSeconds };
  const planned = planChunks(audio.loudness, whole, seconds);
  return { format, missing: missingChunks(audio.loudness, planned, heard, seconds) };
}

function isHeard(part: StoredChunk): part is TranscribedChunk {
  return part.heard !== null;
}

/**
 * Returns the remote engine's id for this chunk, if an earlier attempt sent it. The database stores milliseconds, so
 * times are compared with a tolerance of 2 ms.
 */
function ticketOf(
  kept: readonly StoredChunk[],
  part: Pick<StoredChunk, 'start' | 'end' | 'engine'>,
): string | null {
  const isSame = (a: number, b: number) => Math.abs(a - b) < 0.002;
  const known = kept.find(
    ({ start, end, engine }) => isSame(start, part.start) && isSame(end, part.end) && engine === part.engine,
  );
  return known?.ticket ?? null;
}

async function keep(
  { parts }: TranscribeChunksDependencies,
  { job, signal }: FileWork,
  part: StoredChunk,
): Promise<void> {
  if (!(await whileHeld(signal, () => parts.keep(job, part)))) throw new JobAborted('lost');
}

/**
 * Rejects like the first rejected work, but only after all works have ended, so that nothing is written to a removed
 * folder.
 */
async function allSettled(works: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}
