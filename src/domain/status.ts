import type { AnswerText } from './answer-text.ts';
import type { BurstCounts, BurstId } from './burst.ts';
import type { DocumentFormat } from './document.ts';
import type { EngineProfile, EngineReadiness, PreparationStage } from './engine.ts';
import type { EngineId } from './engine-names.ts';
import type { ErrorCode } from './errors.ts';
import type { UnderstandingOffer } from './understanding.ts';

/** An engine as the picker offers it. */
export type EngineOffer = Pick<EngineProfile, 'id' | 'kind' | 'name' | 'price' | 'privacy'> & {
  readonly readiness: Exclude<EngineReadiness, { state: 'unavailable' }>;
  /** Recent seconds of work per second of audio, from real jobs; null before there were any. */
  readonly realTimeFactor: number | null;
};

/** How the active transcription of a lane stands, when it runs or cannot run yet. */
type ActiveView =
  | { readonly kind: 'processing'; readonly stage: ProcessingStage; readonly fraction: number | null }
  | { readonly kind: 'preparing'; readonly stage: PreparationStage; readonly fraction: number | null }
  | { readonly kind: 'resting' | 'paused' };

type ProcessingStage = 'download' | 'decode' | 'transcribe' | 'speakers';

/** Content of a status message, independent of the language. */
export type StatusView =
  | {
      readonly kind: 'choosing';
      readonly engines: readonly EngineOffer[];
      readonly lastEngine: EngineId | null;
      /** Announced length of the audio, in seconds; null when unknown. */
      readonly seconds: number | null;
      /** True when the picker offers to use the last choice always. */
      readonly offersAlways?: boolean;
      /** Engines that no worker reports, for an admin who may set them up. */
      readonly missing?: readonly EngineId[];
      /** The engine of a transcription that goes on while another one is offered. */
      readonly runningOn?: EngineId;
    }
  /** The message that speaks for files which arrived together. */
  | {
      readonly kind: 'burst';
      readonly burst: BurstId;
      readonly counts: BurstCounts;
      /** True when they become one document. */
      readonly isBundled: boolean;
      /** True when one document may be offered. */
      readonly offersBundle: boolean;
      /** The engines to choose from; absent when every file has one. */
      readonly engines?: readonly EngineOffer[];
      readonly lastEngine?: EngineId | null;
      /** Announced length of the files without an engine, in seconds; null when unknown. */
      readonly seconds?: number | null;
      /** How the file in the lane's slot stands, where there is more to say than that it runs or waits. */
      readonly active?: ActiveView;
    }
  /** `before`: number of this user's transcriptions that come first; 100 means 100 or more. */
  | { readonly kind: 'waiting'; readonly before: number }
  /** Due, but the engine is still being set up. */
  | {
      readonly kind: 'preparing';
      readonly stage: PreparationStage;
      readonly fraction: number | null;
    }
  /** Due, but the engine's circuit is open after too many failures. */
  | { readonly kind: 'resting' }
  /** Due, but an admin has paused the engine. */
  | { readonly kind: 'paused' }
  | {
      readonly kind: 'processing';
      readonly stage: ProcessingStage;
      readonly fraction: number | null;
      /** Absent while unknown. */
      readonly leftSeconds?: number;
      /** End of the text that is recognised so far; `endOfText` gives it. */
      readonly text?: string;
    }
  /** A failure that may pass; the job is retried. */
  | { readonly kind: 'retrying'; readonly code: ErrorCode; readonly seconds: number }
  | { readonly kind: 'cancelling' }
  | { readonly kind: 'cancelled' }
  /** Deleted by the user, with everything stored about it. */
  | {
      readonly kind: 'deleted';
      /** True when a document of it and others is written again without it. */
      readonly renews?: boolean;
    }
  | {
      readonly kind: 'completed';
      readonly durationSeconds: number;
      /** Seconds of a damaged file that could not be decoded; absent in payloads of older versions. */
      readonly lostSeconds?: number;
      /** Detected language, when it differs from the language that the user set. */
      readonly otherLanguage?: { readonly detected: string; readonly asked: string };
      /** Seconds from the start of the job to its end; absent when no engine was needed. */
      readonly wallSeconds?: number;
      /** True when an earlier transcript of the same audio was reused. */
      readonly isReused?: boolean;
      /** True when the upload goes into one document with others. */
      readonly isBundled?: boolean;
      readonly engineName: string;
      /** Formats sent; absent in payloads of older versions. */
      readonly formats?: readonly DocumentFormat[];
      /** The format that the user asked for last; its button comes first where no files were sent. */
      readonly lastFormat?: DocumentFormat;
      /** True when the user wished to know who said what, and it could not be found out. */
      readonly isWithoutSpeakers?: boolean;
      /** True when two speakers or more are told apart, and shown. */
      readonly hasSpeakers?: boolean;
      /** Number of words with low confidence. */
      readonly lowConfidence?: number;
      /** Number of words replaced by the user's glossary. */
      readonly replaced?: number;
      /** Only the beginning of the text was sent; the documents hold all of it. */
      readonly isExcerpt?: boolean;
      /** What the buttons of the language model say; absent: they are not offered. Never stored. */
      readonly understanding?: UnderstandingOffer;
      /** Short answer as in groups, in one message. */
      readonly isCompact?: boolean;
      /**
       * The text, or its first message: the status message becomes it. Absent in payloads of older versions, and for an
       * upload that goes into one document with others.
       */
      readonly answer?: AnswerText;
      /** True when the end comes as a new message with a sound, and the old status message is deleted. */
      readonly isAnnounced?: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly details: Readonly<Record<string, string | number>>;
      /** As of a completed one. */
      readonly isAnnounced?: boolean;
    };

/**
 * Returns true for an end that comes as a new message with a sound. An upload that goes into one document makes none:
 * the document does.
 */
export function isAnnouncedEnd(view: StatusView): boolean {
  if (view.kind === 'completed' && view.isBundled) return false;
  return (view.kind === 'completed' || view.kind === 'failed') && view.isAnnounced === true;
}

/** Returns a view that edits the status message and sends no new one. */
export function inPlace(view: StatusView): StatusView {
  if ((view.kind !== 'completed' && view.kind !== 'failed') || view.isAnnounced !== true) return view;
  const { isAnnounced: _, ...quiet } = view;
  return quiet;
}
