import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../domain/engine.ts';
import { DabirError } from '../../domain/errors.ts';
import { type GlossaryEntry, hotwordsOf } from '../../domain/glossary.ts';
import { applyGlossary } from '../../domain/glossary-apply.ts';
import type { UserId } from '../../domain/ids.ts';
import { endOfText } from '../../domain/live-text.ts';
import type { StatusView } from '../../domain/status.ts';
import { type Transcript, transcriptText } from '../../domain/transcript.ts';
import type { Job } from '../../domain/transcription.ts';
import type { Chunks } from '../ports/chunks.ts';
import type { Log } from '../ports/log.ts';
import type { AudioSource, Decoder } from '../ports/media.ts';
import { retryWhileHeld } from '../retry-database.ts';
import type { UsageRecorder } from '../run/usage-recorder.ts';
import { createWorkFolder, removeWorkFolder } from '../work-folder.ts';
import { type FindSpeakersDependencies, findSpeakers } from './find-speakers.ts';
import { transcribeChunks } from './transcribe-chunks.ts';

export type TranscribeFileDependencies = FindSpeakersDependencies & {
  chunks: Chunks;
  log: Log;
  audioSource: AudioSource;
  decoder: Decoder;
  /** Returns a user's spellings, the latest changed first. */
  glossary: { entries(userId: UserId): Promise<readonly GlossaryEntry[]> };
  commonWords: { isCommon(text: string, language: string | null): boolean };
};

export type TranscribeFileHooks = {
  show(view: StatusView): void;
  /**
   * Receives the length of the audio as soon as it is known, in seconds.
   * @throws DabirError when it is too long
   */
  checkLength(durationSeconds: number): Promise<void>;
  usageRecorder: UsageRecorder;
};

/** `transcribeFile` with its dependencies bound. */
export type TranscribeFile = (
  engine: Engine,
  job: Job,
  signal: AbortSignal,
  hooks: TranscribeFileHooks,
) => Promise<TranscribedFile>;

/** Result of a job: the transcript, and the length of the audio in seconds. */
export type TranscribedFile = {
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  /** Seconds of a damaged file that could not be decoded. */
  readonly lostSeconds: number;
  /** True when the user wished to know who said what, and it could not be found out. */
  readonly isWithoutSpeakers: boolean;
  /** File name from the source; null when it has none. */
  readonly fileName: string | null;
};

/**
 * Downloads an upload from Telegram or from a link, decodes it and has the engine transcribe it. Temporary files are
 * always removed afterwards (those of a killed worker by the next one that starts).
 * @throws DabirError, with `no_speech` for an empty transcript, or the signal's reason
 */
export async function transcribeFile(
  dependencies: TranscribeFileDependencies,
  engine: Engine,
  job: Job,
  signal: AbortSignal,
  { show, checkLength, usageRecorder }: TranscribeFileHooks,
): Promise<TranscribedFile> {
  const { audioSource, decoder } = dependencies;
  const folder = await createWorkFolder();
  try {
    const original = join(folder, 'original');
    show({ kind: 'processing', stage: 'download', fraction: null });
    const onDownload = (fraction: number) => show({ kind: 'processing', stage: 'download', fraction });
    const fileName = await usageRecorder.timed('download', () =>
      audioSource.download(job, original, signal, onDownload),
    );
    show({ kind: 'processing', stage: 'decode', fraction: null });
    const audio = await usageRecorder.timed('decode', () =>
      decoder.decode(original, join(folder, 'decoded.wav'), signal),
    );
    usageRecorder.setAudio(audio.durationSeconds);
    await retryWhileHeld(signal, () => checkLength(audio.durationSeconds));
    await unlink(original);
    show({ kind: 'processing', stage: 'transcribe', fraction: null });
    await engine.whenReady(signal);
    const onProgress = (fraction: number, text: string) =>
      show({ kind: 'processing', stage: 'transcribe', fraction, ...liveText(job, text) });
    const entries = job.hasGlossary
      ? await retryWhileHeld(signal, () => dependencies.glossary.entries(job.userId))
      : [];
    const hotwords = hotwordsOf(entries);
    const transcribed = await usageRecorder.timed('transcribe', () =>
      transcribeChunks(dependencies, {
        engine,
        job,
        audio,
        folder,
        hotwords,
        usageRecorder,
        signal,
        onProgress,
      }),
    );
    signal.throwIfAborted();
    if (transcriptText(transcribed) === '') throw new DabirError('no_speech', 'the engine returned no text');
    const { segments, isWithoutSpeakers } = await findSpeakers(
      dependencies,
      { engine, job, audio },
      transcribed.segments,
      { signal, onProgress: (fraction) => show({ kind: 'processing', stage: 'speakers', fraction }) },
    );
    // For engines without hotwords the glossary is applied afterwards.
    const transcript = {
      ...transcribed,
      segments: engine.profile.can.hotwords
        ? segments
        : applyGlossary(segments, entries, (text) =>
            dependencies.commonWords.isCommon(text, transcribed.language),
          ),
    };
    const { durationSeconds, lostSeconds } = audio;
    return {
      transcript,
      durationSeconds,
      lostSeconds,
      isWithoutSpeakers,
      fileName: fileName ?? job.fileName,
    };
  } finally {
    await removeWorkFolder(folder);
  }
}

/** Returns the live text of a view. A group is shown none: the others there did not ask for it. */
function liveText({ chatId }: Job, text: string): { text?: string } {
  return chatId > 0 && text !== '' ? { text: endOfText(text) } : {};
}
