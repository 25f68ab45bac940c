import type { EngineId } from './engine-names.ts';

/** One recognised word. Times are seconds from the start of the file; `probability` is 0 to 1, null where the engine gives none. */
export type Word = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly probability: number | null;
};

/** A stretch of speech as the engine cut it. Times are seconds from the start of the file. */
export type Segment = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Empty where the engine gives no word times. */
  readonly words: readonly Word[];
  /** Mean log probability of the tokens (Whisper), null elsewhere. */
  readonly averageLogProbability: number | null;
  /** How likely it is that there was no speech at all, 0 to 1 (Whisper), null elsewhere. */
  readonly noSpeechProbability: number | null;
  /** Length of the text by its compressed length; above about 2.4 it is a repeated loop (Whisper), null elsewhere. */
  readonly compressionRatio: number | null;
  /** Who speaks, by the engine's own label; absent where it tells speakers not apart. */
  readonly speaker?: string;
  /** The engine that heard it, where it is another than the file's own. */
  readonly engine?: EngineId;
  /** Why it may be made up: words going round in a loop, or words where nobody spoke. */
  readonly doubt?: 'loop' | 'silence';
  /** As it was heard, and what was replaced, where the person's glossary has put their own spelling. */
  readonly beforeGlossary?: Pick<Segment, 'text' | 'words'> & {
    readonly replaced: readonly { readonly wrong: string; readonly right: string }[];
  };
};

/** What an engine heard in a file. */
export type Transcript = {
  /** ISO 639-1 code such as `fa`, null when the engine does not say. */
  readonly language: string | null;
  /** 0 to 1, null when the language was given or the engine does not say. */
  readonly languageProbability: number | null;
  readonly segments: readonly Segment[];
  /** What it sounds like, where a language was given and the engine listened for it all the same. */
  readonly detected?: { readonly language: string; readonly probability: number };
};

/** The transcript as running text: segments joined by one space. */
export function transcriptText(transcript: Transcript): string {
  return transcript.segments
    .map((segment) => segment.text.trim())
    .filter((text) => text !== '')
    .join(' ');
}
