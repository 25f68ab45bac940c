import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../domain/engine.ts';
import { DabirError } from '../domain/errors.ts';
import type { StatusView } from '../domain/status.ts';
import { type Transcript, transcriptText } from '../domain/transcript.ts';
import type { Job } from '../domain/transcription.ts';
import type { AudioSource, Decoder } from './ports.ts';
import { createWorkFolder, removeWorkFolder } from './work-folder.ts';

export type ListenDependencies = { audioSource: AudioSource; decoder: Decoder };

export type ListenHooks = {
  show(view: StatusView): void;
  /** The length of the audio is known now, in seconds. */
  decoded(durationSeconds: number): void;
};

/** What came of one file: the transcript, and the length of its audio in seconds. */
export type Heard = { readonly transcript: Transcript; readonly durationSeconds: number };

/**
 * From a file at Telegram to a transcript: download, decode, engine. Temporary files are gone afterwards, whatever
 * happens (a killed worker's are removed by the next to start). Rejects with a DabirError or the signal's reason; nothing heard is `no_speech`.
 */
export async function listen(
  { audioSource, decoder }: ListenDependencies,
  engine: Engine,
  job: Job,
  signal: AbortSignal,
  { show, decoded }: ListenHooks,
): Promise<Heard> {
  const folder = await createWorkFolder();
  try {
    const original = join(folder, 'original');
    show({ kind: 'processing', stage: 'download', fraction: null });
    await audioSource.download(job, original, signal);
    show({ kind: 'processing', stage: 'decode', fraction: null });
    const output = { wavPath: join(folder, 'decoded.wav'), loudnessPath: join(folder, 'loudness') };
    const audio = await decoder.decode(original, output, signal);
    decoded(audio.durationSeconds);
    await rm(original);
    show({ kind: 'processing', stage: 'listen', fraction: null });
    await engine.whenReady(signal);
    const transcript = await engine.transcribe(
      { ...audio, format: 'wav' },
      { language: job.language, hotwords: [] },
      {
        signal,
        onProgress: (fraction) => show({ kind: 'processing', stage: 'listen', fraction }),
        ticket: { value: null, keep: async () => undefined },
      },
    );
    signal.throwIfAborted();
    return heard(cleaned(transcript), audio.durationSeconds);
  } finally {
    await removeWorkFolder(folder);
  }
}

function heard(transcript: Transcript, durationSeconds: number): Heard {
  if (transcriptText(transcript) === '') throw new DabirError('no_speech', 'the engine heard no speech');
  return { transcript, durationSeconds };
}

/** Whatever an engine answers must fit into the database, which holds neither NUL nor half a surrogate pair. */
function cleaned(transcript: Transcript): Transcript {
  const clean = (text: string) => text.replaceAll('\0', '').toWellFormed();
  return {
    ...transcript,
    segments: transcript.segments.map((segment) => ({
      ...segment,
      text: clean(segment.text),
      words: segment.words.map((word) => ({ ...word, text: clean(word.text) })),
    })),
  };
}
