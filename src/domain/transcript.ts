import type { EngineId } from './engine-names.ts';

/**
 * One word. Times are in seconds from the start of the audio; `probability` is 0 to 1, null when the engine gives none.
 */
export type Word = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly probability: number | null;
};

/** A segment as the engine cut it. Times are in seconds from the start of the audio. */
export type Segment = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Empty when the engine gives no word times. */
  readonly words: readonly Word[];
  /** Mean log probability of the tokens (Whisper); null elsewhere. */
  readonly averageLogProbability: number | null;
  /** Probability that there was no speech, 0 to 1 (Whisper); null elsewhere. */
  readonly noSpeechProbability: number | null;
  /**
   * Length of the text divided by its compressed length; above about 2.4 it is a repeated loop (Whisper). Null
   * elsewhere.
   */
  readonly compressionRatio: number | null;
  /** The engine's label of the speaker; absent when the engine does not tell speakers apart. */
  readonly speaker?: string;
  /** Label of the speaker who is this one too, as its user says. */
  readonly mergedInto?: string;
  /** The speaker's name: the user gave it, or a kept voice has it. */
  readonly speakerName?: string;
  /** Name of a kept voice that is similar, to be offered. */
  readonly speakerGuess?: string;
  /** The engine of this segment, when it differs from the transcription's. */
  readonly engine?: EngineId;
  /** Reason why the segment may be a hallucination: a repeated loop, or words in silence. */
  readonly hallucination?: 'loop' | 'silence';
  /** The original text and the replacements, where the user's glossary changed the segment. */
  readonly beforeGlossary?: Pick<Segment, 'text' | 'words'> & {
    readonly replaced: readonly { readonly wrong: string; readonly right: string }[];
  };
};

/** The words that an engine found in the audio. */
export type Transcript = {
  /** ISO 639-1 code such as `fa`; null when the engine reports none. */
  readonly language: string | null;
  /** 0 to 1; null when the language was set or the engine reports none. */
  readonly languageProbability: number | null;
  readonly segments: readonly Segment[];
  /** Language that the engine detected although a language was set. */
  readonly detected?: { readonly language: string; readonly probability: number };
};

/** Returns the transcript as running text, with segments joined by one space. */
export function transcriptText(transcript: Transcript): string {
  return transcript.segments
    .map((segment) => segment.text.trim())
    .filter((text) => text !== '')
    .join(' ');
}
