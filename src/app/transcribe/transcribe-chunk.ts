import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedChunk } from '../../domain/cutting-plan.ts';
import type { AudioFormat, ChunkTranscript, Engine, TranscribeHooks } from '../../domain/engine.ts';
import { flagHallucinations } from '../../domain/hallucinations.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { RangeTranscript } from '../ports/chunks.ts';
import type { Decoded, Decoder } from '../ports/media.ts';

/** One chunk with everything that an engine needs for it. */
export type ChunkWork = {
  readonly engine: Engine;
  readonly audio: Decoded;
  /** Folder for the chunk's audio file while it is needed. */
  readonly folder: string;
  readonly chunk: PlannedChunk;
  readonly format: AudioFormat;
  readonly language: string | null;
  readonly checksLanguage: boolean;
  readonly isLanguageGuessed: boolean;
  /** Words that are likely to occur. */
  readonly hotwords?: readonly string[];
};

/**
 * Cuts one chunk out of the decoded audio, has the engine transcribe it and removes the cut file. Times in the result
 * are in seconds from the start of the audio.
 * @throws DabirError, or the signal's reason
 */
export async function transcribeChunk(
  decoder: Pick<Decoder, 'cut'>,
  { engine, audio, folder, chunk, format, hotwords = [], ...work }: ChunkWork,
  hooks: TranscribeHooks,
): Promise<RangeTranscript> {
  const { from, to } = chunk;
  const isWholeFile = from === 0 && to === audio.durationSeconds && format === 'wav';
  const path = isWholeFile ? audio.path : join(folder, `chunk-${Math.round(from * 1000)}.${format}`);
  try {
    if (!isWholeFile) await decoder.cut(audio, { start: from, end: to }, format, path, hooks.signal);
    const given = { path, durationSeconds: to - from, format };
    const { language, checksLanguage, isLanguageGuessed } = work;
    const options = { language, checksLanguage, isLanguageGuessed, hotwords };
    const transcript = await engine.transcribe(given, options, hooks);
    hooks.signal.throwIfAborted();
    return { ...inFile(transcript, chunk, audio), from, to };
  } finally {
    if (!isWholeFile) await rm(path, { force: true });
  }
}

/** Removes what the database cannot store: NUL characters and halves of surrogate pairs. */
const clean = (text: string) => text.replaceAll('\0', '').toWellFormed();

/** Returns a chunk's transcript with times from the start of the audio, limited to the range of the chunk. */
function inFile(
  transcript: ChunkTranscript,
  { from, to }: PlannedChunk,
  { loudness }: Decoded,
): ChunkTranscript {
  const placed = ({ start, end }: { start: number; end: number }) => ({
    start: from + Math.min(Math.max(0, start), to - from),
    end: from + Math.min(Math.max(0, end), to - from),
  });
  const segments = transcript.segments
    .filter(({ text }) => text.trim() !== '')
    .map(
      (segment): Segment => ({
        ...segment,
        ...placed(segment),
        text: clean(segment.text),
        words: segment.words.map((word) => ({ ...word, ...placed(word), text: clean(word.text) })),
      }),
    );
  return { ...transcript, segments: flagHallucinations(segments, loudness) };
}
