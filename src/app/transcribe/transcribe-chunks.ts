import { missingChunks, type PlannedChunk, planChunks } from '../../domain/cutting-plan.ts';
import type { AudioFormat, Engine } from '../../domain/engine.ts';
import { type ErrorCode, toDabirError } from '../../domain/errors.ts';
import { JobAborted } from '../../domain/job-aborted.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Job } from '../../domain/transcription.ts';
import { settleAll } from '../../lib/settle-all.ts';
import { logError } from '../log-error.ts';
import type { Chunks, StoredChunk, TranscribedChunk } from '../ports/chunks.ts';
import type { Log } from '../ports/log.ts';
import type { Decoded, Decoder } from '../ports/media.ts';
import { retryWhileHeld } from '../retry-database.ts';
import type { UsageRecorder } from '../run/usage-recorder.ts';
import { createChunksProgress } from './chunks-progress.ts';
import { combineChunks, costOfChunks, findFirstSpoken, languageOfChunks } from './combine-chunks.ts';
import { createMissingChunksError, type FailedChunk } from './failed-chunks.ts';
import { wishesSpeakers } from './find-speakers.ts';
import { createLiveText } from './live-text.ts';
import { transcribeChunk } from './transcribe-chunk.ts';

export type TranscribeChunksDependencies = { decoder: Pick<Decoder, 'cut'>; chunks: Chunks; log: Log };

/** Decoded audio with everything that its transcription needs. */
export type FileWork = {
  readonly engine: Engine;
  readonly job: Job;
  readonly audio: Decoded;
  /** Folder for chunks on their way to the engine. */
  readonly folder: string;
  /** Words that are likely to occur. */
  readonly hotwords?: readonly string[];
  readonly usageRecorder: UsageRecorder;
  readonly signal: AbortSignal;
  /** Called with 0 to 1, and the end of the text that is recognised so far. */
  readonly onProgress: (fraction: number, text: string) => void;
};

/** Number of failed chunks in a row after which the rest is not tried, because the engine has a problem. */
const maxFailuresInRow = 2;

/** Codes of failures that every other chunk would meet too. */
const failsAll: ReadonlySet<ErrorCode> = new Set(['engine_account', 'engine_unavailable']);

/**
 * Transcribes decoded audio in chunks, as many at the same time as the engine takes, and stores each result at once.
 * Chunks that an earlier attempt stored, on any engine, are not transcribed again, unless another engine found no
 * speech in them. A failed chunk does not stop the others.
 * @throws the error of the chunk when there is only one, `chunks_missing`, or the signal's reason
 */
export async function transcribeChunks(
  dependencies: TranscribeChunksDependencies,
  work: FileWork,
): Promise<Transcript> {
  const { engine, job, usageRecorder, signal } = work;
  const kept = job.hasChunks ? await retryWhileHeld(signal, () => dependencies.chunks.list(job.id)) : [];
  // Another engine may find speech where this one found none.
  const transcribed = kept
    .filter(isTranscribed)
    .filter((chunk) => chunk.engine === job.engine || chunk.transcript.segments.length > 0);
  const { missing, format } = plan(work, transcribed);
  // Finding speakers takes minutes. If the worker dies then, an unsaved chunk would be transcribed and paid for again.
  const findsSpeakersNext = wishesSpeakers(job) && !engine.profile.can.speakers;
  const isSingleChunk = missing.length === 1 && transcribed.length === 0;
  const live = createLiveText(missing, transcribed);
  const progress = createChunksProgress(missing, transcribed, (fraction) =>
    work.onProgress(fraction, live.text()),
  );
  const failed: FailedChunk[] = [];
  const untried: PlannedChunk[] = [];
  let failuresInRow = 0;

  const transcribeNext = async (chunk: PlannedChunk) => {
    const place = { start: chunk.start, end: chunk.end, engine: job.engine };
    try {
      usageRecorder.addSent(chunk.to - chunk.from);
      const own = await transcribeChunk(
        dependencies.decoder,
        {
          ...work,
          chunk,
          format,
          language: job.language ?? languageOfChunks(transcribed),
          checksLanguage: job.language !== null && chunk === missing[0],
          isLanguageGuessed: job.language === null,
        },
        {
          signal,
          onProgress: (fraction) => progress(chunk, fraction),
          onText: (text) => live.set(chunk, text),
          ticket: {
            value: ticketOf(kept, place),
            save: (ticket) => save(dependencies, work, { ...place, ticket, transcript: null }),
          },
        },
      );
      const entry = { ...place, ticket: null, transcript: own };
      transcribed.push(entry);
      usageRecorder.setCost(costOfChunks(transcribed, engine.profile));
      failuresInRow = 0;
      live.finish(chunk, own);
      progress(chunk, 1);
      if (!isSingleChunk || findsSpeakersNext) await save(dependencies, work, entry);
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof JobAborted) throw thrown;
      const error = toDabirError(thrown);
      failed.push({ range: chunk, error });
      failuresInRow += 1;
      const { start, end } = chunk;
      const fields = { transcription: job.id, start, end, code: error.code };
      logError(dependencies.log, 'warn', fields, error, 'a chunk failed');
    }
  };
  const isHopeless = () =>
    failuresInRow >= maxFailuresInRow || failed.some(({ error }) => failsAll.has(error.code));
  const queue = missing.values();
  const transcribeAll = async () => {
    for (const chunk of queue) {
      if (isHopeless()) untried.push(chunk);
      else await transcribeNext(chunk);
    }
  };

  // The first chunk with speech decides the language of all; chunks on their own might be detected differently.
  const mayGuess = job.language === null && engine.profile.can.detectsLanguage;
  while (mayGuess && findFirstSpoken(transcribed) === undefined && !isHopeless()) {
    const next = queue.next();
    if (next.done) break;
    await transcribeNext(next.value);
  }
  // After a failure too, the others have ended: nothing is written to a removed folder.
  await settleAll(Array.from({ length: engine.profile.limits.maxParallelChunks }, transcribeAll));

  const [first] = failed;
  if (first === undefined) return combineChunks(transcribed, job);
  if (isSingleChunk) throw first.error;
  throw createMissingChunksError([
    ...failed,
    ...untried.map((chunk) => ({ range: chunk, error: first.error })),
  ]);
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

function plan({ engine, audio }: FileWork, transcribed: readonly TranscribedChunk[]) {
  const { formats, maxChunkBytes, maxChunkSeconds } = engine.profile.limits;
  const format = formats[0] ?? 'wav';
  const seconds = Math.min(maxChunkSeconds, maxChunkBytes / bytesPerSecond[format]);
  const whole = { start: 0, end: audio.durationSeconds };
  const planned = planChunks(audio.loudness, whole, seconds);
  return { format, missing: missingChunks(audio.loudness, planned, transcribed, seconds) };
}

function isTranscribed(chunk: StoredChunk): chunk is TranscribedChunk {
  return chunk.transcript !== null;
}

/**
 * Returns the remote engine's id for this chunk, if an earlier attempt sent it. The database stores milliseconds, so
 * times are compared with a tolerance of 2 ms.
 */
function ticketOf(
  kept: readonly StoredChunk[],
  chunk: Pick<StoredChunk, 'start' | 'end' | 'engine'>,
): string | null {
  const isSame = (a: number, b: number) => Math.abs(a - b) < 0.002;
  const known = kept.find(
    ({ start, end, engine }) =>
      isSame(start, chunk.start) && isSame(end, chunk.end) && engine === chunk.engine,
  );
  return known?.ticket ?? null;
}

async function save(
  { chunks }: TranscribeChunksDependencies,
  { job, signal }: FileWork,
  chunk: StoredChunk,
): Promise<void> {
  if (!(await retryWhileHeld(signal, () => chunks.save(job, chunk)))) throw new JobAborted('lost');
}
