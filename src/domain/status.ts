import type { DocumentFormat } from './document.ts';
import type { EngineProfile, EngineReadiness, PreparationStage } from './engine.ts';
import type { EngineId } from './engine-names.ts';
import type { ErrorCode } from './errors.ts';

/** One engine as the picker offers it. */
export type EngineOffer = Pick<EngineProfile, 'id' | 'kind' | 'name' | 'price' | 'privacy'> & {
  readonly readiness: Exclude<EngineReadiness, { state: 'unavailable' }>;
  /** Seconds that it took for a second of audio lately, by real runs; null before there were any. */
  readonly pace: number | null;
};

/** What the status message of a file shows, whatever the language. */
export type StatusView =
  | {
      readonly kind: 'choosing';
      readonly engines: readonly EngineOffer[];
      readonly lastEngine: EngineId | null;
      /** Of the file, as announced; null where nobody says. */
      readonly seconds: number | null;
    }
  /** `before`: files of the same person that come first; 100 means 100 or more. */
  | { readonly kind: 'waiting'; readonly before: number }
  /** Its turn has come, the engine is still being set up. */
  | {
      readonly kind: 'preparing';
      readonly stage: PreparationStage;
      readonly fraction: number | null;
    }
  /** Its turn has come, the engine has failed too often just now and is left alone for a while. */
  | { readonly kind: 'resting' }
  /** Its turn has come, an admin has paused the engine. */
  | { readonly kind: 'paused' }
  | {
      readonly kind: 'processing';
      readonly stage: 'download' | 'decode' | 'listen';
      readonly fraction: number | null;
      /** Absent while nobody can tell. */
      readonly leftSeconds?: number;
    }
  /** Something went wrong that may pass; it will be tried again. */
  | { readonly kind: 'retrying'; readonly code: ErrorCode; readonly seconds: number }
  | { readonly kind: 'cancelling' }
  | { readonly kind: 'cancelled' }
  /** Deleted by its person, with everything that we knew of it. */
  | { readonly kind: 'deleted' }
  | {
      readonly kind: 'completed';
      readonly durationSeconds: number;
      /** What could not be read of a damaged file; absent in messages of older versions. */
      readonly lostSeconds?: number;
      /** What it sounds like, when that is another language than the person's choice. */
      readonly otherLanguage?: { readonly heard: string; readonly asked: string };
      /** From its turn to its end; absent where nothing had to be heard. */
      readonly wallSeconds?: number;
      /** It is what was heard of the same recording before. */
      readonly isRepeated?: boolean;
      /** It goes into one document with others. */
      readonly isJoined?: boolean;
      readonly engineName: string;
      /** What was attached; absent in messages of older versions. */
      readonly formats?: readonly DocumentFormat[];
      /** So many words the engine was unsure of. */
      readonly unsure?: number;
      /** So many words were put in from the person's glossary. */
      readonly replaced?: number;
      /** Only the beginning of the text came; all of it is in the files. */
      readonly isExcerpt?: boolean;
      /** As groups have it: few buttons. */
      readonly isCompact?: boolean;
      /** Its person is asked whether they always want this engine. */
      readonly offersAlways?: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly details: Readonly<Record<string, string | number>>;
    };
