import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedPart } from '../domain/cutting-plan.ts';
import { withDoubts } from '../domain/doubt.ts';
import type { AudioFormat, Engine, PartTranscript, TranscribeHooks } from '../domain/engine.ts';
import type { Segment } from '../domain/transcript.ts';
import type { Decoded, Decoder } from './ports/media.ts';
import type { HeardAudio } from './ports/parts.ts';

/** One part on its way to an engine. */
export type PartWork = {
  readonly engine: Engine;
  readonly audio: Decoded;
  /** For the part's own file while it is needed. */
  readonly folder: string;
  readonly part: PlannedPart;
  readonly format: AudioFormat;
  readonly language: string | null;
  readonly checksLanguage: boolean;
  /** Words that are likely to occur. */
  readonly hotwords?: readonly string[];
};

/**
 * Cuts one part out of a decoded file, has the engine hear it and removes it again. Times come back as seconds from the
 * start of the file. Rejects with a DabirError or the signal's reason.
 */
export async function hearPart(
  decoder: Pick<Decoder, 'cut'>,
  { engine, audio, folder, part, format, language, checksLanguage, hotwords = [] }: PartWork,
  hooks: TranscribeHooks,
): Promise<HeardAudio> {
  const { from, to } = part;
  const isWholeFile = from === 0 && to === audio.durationSeconds && format === 'wav';
  const path = isWholeFile ? audio.path : join(folder, `part-${Math.round(from * 1000)}.${format}`);
  try {
    if (!isWholeFile) await decoder.cut(audio, { start: from, end: to }, format, path, hooks.signal);
    const given = { path, durationSeconds: to - from, format };
    const heard = await engine.transcribe(given, { language, checksLanguage, hotwords }, hooks);
    hooks.signal.throwIfAborted();
    return { ...inFile(heard, part, audio), from, to };
  } finally {
    if (!isWholeFile) await rm(path, { force: true });
  }
}

/** Whatever an engine answers must fit into the database, which holds neither NUL nor half a surrogate pair. */
const clean = (text: string) => text.replaceAll('\0', '').toWellFormed();

/** What was heard in a part, with times from the start of the file and none of them outside the part. */
function inFile(heard: PartTranscript, { from, to }: PlannedPart, { loudness }: Decoded): PartTranscript {
  const placed = ({ start, end }: { start: number; end: number }) => ({
    start: from + Math.min(Math.max(0, start), to - from),
    end: from + Math.min(Math.max(0, end), to - from),
  });
  const segments = heard.segments
    .filter(({ text }) => text.trim() !== '')
    .map(
      (segment): Segment => ({
        ...segment,
        ...placed(segment),
        text: clean(segment.text),
        words: segment.words.map((word) => ({ ...word, ...placed(word), text: clean(word.text) })),
      }),
    );
  return { ...heard, segments: withDoubts(segments, loudness) };
}
