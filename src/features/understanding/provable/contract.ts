import type { LanguageModel, LanguageModelProfile, TokenUsage } from '../../../app/ports/language-model.ts';
import type { Cost } from '../../../domain/engine.ts';
import type { CommonWords } from '../../glossary/index.ts';

/**
 * A stretch of a transcript with its number, by which statements refer to it. A long segment of an engine without times
 * becomes several. Times are in seconds from the start of the audio.
 */
export type NumberedSegment = {
  /** 1, 2, 3 … in the order of the source; unique within it. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Name or label of the speaker; null when unknown. */
  readonly speaker: string | null;
  /** May be a hallucination; such segments prove nothing and are not sent. */
  readonly isHallucination: boolean;
  /** Id of its transcription, where a source has several; else null. */
  readonly transcription: string | null;
};

/** What a language model works on. */
export type Source = {
  readonly segments: readonly NumberedSegment[];
  /** Language of the speech, ISO 639-1; null when unknown. */
  readonly language: string | null;
};

/** What a statement rests on. */
export type Proof = {
  /** Numbers of the segments, ascending. */
  readonly segments: readonly number[];
  /** The words of the transcript that prove it, exactly as they stand there. */
  readonly quote: string;
  /** Time of the quote, in seconds: what a clip plays. */
  readonly start: number;
  readonly end: number;
};

/** A sentence of a model, whose quote, numbers, dates and names were found in the transcript. */
export type ProvenStatement = Proof & { readonly text: string };

/** The saved outcome of one call. */
export type SavedSection = {
  /** The JSON value; null when the call cost money and gave nothing usable. */
  readonly value: unknown;
  /** Why there is no value. */
  readonly failure: 'refused' | 'cut_off' | 'response_unknown' | null;
  readonly usage: TokenUsage;
};

/** Outcomes of calls, saved as soon as they are there, so that nothing is paid twice after a crash. */
export type SectionStore = {
  /**
   * Returns the saved outcome of a call.
   * @param key 64 hexadecimal digits: a hash of the model, the instructions and the text, so that an outcome is used
   * for the same request only
   */
  load(key: string): Promise<SavedSection | null>;
  /** Saves an outcome. Its usage is counted here, in the same transaction, and nowhere else. */
  save(key: string, saved: SavedSection): Promise<void>;
};

/** What a run needs. */
export type RunContext = {
  readonly model: LanguageModel;
  readonly sections: SectionStore;
  readonly commonWords: CommonWords;
  readonly signal: AbortSignal;
  /** Reports progress from 0 to 1. Calls are cheap. */
  readonly onProgress?: (fraction: number) => void;
};

/** Upper bound of what a run costs, known before it starts. */
export type Estimate = {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Cost when no reply has to be repaired: what a button shows. Null: free, or the price is unknown. */
  readonly cost: Cost | null;
  /** Cost when every reply has to be repaired: what a budget reserves. */
  readonly maxCost: Cost | null;
};

/** What remains after all checks. */
export type Proven<Result> = {
  readonly result: Result;
  /** Number of statements (or sentences) that were left out because the transcript does not support them. */
  readonly leftOut: number;
  /** Ranges for which the model gave nothing usable, in seconds; normally empty. */
  readonly missing: readonly { readonly start: number; readonly end: number }[];
  /** Tokens of all calls, including those that were saved before. */
  readonly usage: TokenUsage;
};

/** A piece of work for a language model on one source. */
export type Provable<Result> = {
  estimate(profile: LanguageModelProfile): Estimate;
  /**
   * Runs section by section. Stops at once on abort; what is saved by then is used by the next run.
   * @throws LanguageModelError, or the signal's reason. `refused`, `cut_off`, `too_long` and `response_unknown` are not
   * thrown: their ranges are `missing`
   */
  run(context: RunContext): Promise<Proven<Result>>;
};

/** Options of all kinds. */
export type OutputOptions = {
  /** Language of the statements, ISO 639-1. */
  readonly language: string;
};

/** Three to seven sentences in the order of the recording; fewer where there is little. */
export type Summary = { readonly statements: readonly ProvenStatement[] };

export type TaskOptions = OutputOptions & {
  /** When the recording was made or sent: what "tomorrow" is counted from. */
  readonly recordedAt: Date;
  /** IANA time zone of the user. */
  readonly timeZone: string;
};

/** Something that somebody is to do, or that happens at a time. */
export type FoundTask = ProvenStatement & {
  /** Who is to do it, as named in the transcript; null when it is not said. */
  readonly who: string | null;
  readonly due: DueDate | null;
  /** Amounts of money and quantities, as written in the statement. */
  readonly amounts: readonly string[];
};

/** A date that was said. The code computes it from the words; no model does. */
export type DueDate = {
  /** The words of the transcript, such as «پنجشنبهٔ هفتهٔ بعد». */
  readonly words: string;
  /** `YYYY-MM-DD`; null when the words do not name a day. */
  readonly gregorian: string | null;
  /** The same day as `YYYY-MM-DD` of the solar Hijri calendar. */
  readonly jalali: string | null;
  /** `HH:MM`; null when no time of day was said. */
  readonly time: string | null;
};

export type Tasks = { readonly tasks: readonly FoundTask[] };

export type FoundChapter = {
  readonly title: string;
  /** Number of its first segment. */
  readonly segment: number;
  /** In seconds. */
  readonly start: number;
};

/** The first chapter begins with the first segment. The title is null when none passed the checks. */
export type Chapters = { readonly title: string | null; readonly chapters: readonly FoundChapter[] };

/** One text for each segment of the source, in order. */
export type CleanText = {
  readonly segments: readonly {
    readonly number: number;
    readonly text: string;
    /** False: as spoken, because nothing was to be cleaned or the cleaned text did not pass. */
    readonly isCleaned: boolean;
  }[];
};

/** One text for each segment of the source, in order. */
export type Translation = {
  readonly language: string;
  readonly segments: readonly {
    readonly number: number;
    readonly text: string;
    /** False: the original text, because the translation did not pass. */
    readonly isTranslated: boolean;
  }[];
};

/** A form of minutes, such as "Meeting". Its texts may be a user's. */
export type MinutesTemplate = {
  readonly name: string;
  readonly sections: readonly { readonly title: string; readonly instructions: string }[];
};

export type MinutesOptions = OutputOptions & { readonly template: MinutesTemplate };

/** The template's sections, in order; those without statements are empty. */
export type Minutes = {
  readonly sections: readonly { readonly title: string; readonly statements: readonly ProvenStatement[] }[];
};

export type QuestionOptions = OutputOptions & { readonly question: string };

/** No statement: the recordings do not answer the question. */
export type QuestionResult = { readonly statements: readonly ProvenStatement[] };
