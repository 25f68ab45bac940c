import type { EngineId, NameInLanguages } from './engine-names.ts';
import type { Transcript } from './transcript.ts';

/** `local` engines use this machine's processor, `remote` ones wait for a service; each kind has its own token queue. */
export type EngineKind = 'local' | 'remote';

/** What an engine that is being set up is doing. */
export const preparationStages = ['download', 'install', 'verify', 'load'] as const;
export type PreparationStage = (typeof preparationStages)[number];

/** Can the engine take a file now? `preparing`, `resting` and `paused` take files, which wait in their lane until it is ready. */
export type EngineReadiness =
  | { readonly state: 'ready' }
  | {
      readonly state: 'preparing';
      /** What it is doing. */
      readonly stage: PreparationStage;
      /** 0 to 1, null while unknown. */
      readonly fraction: number | null;
    }
  /** It has failed too often in a row: it gets no files for a while, then one to try. They wait in their lanes. */
  | { readonly state: 'resting' }
  /** An admin has paused it: no worker takes a new file of it until an admin lets it go on. */
  | { readonly state: 'paused' }
  | {
      readonly state: 'unavailable';
      /** For operators: why, and what to do about it. One line, no tokens. */
      readonly reason: string;
    };

/** 16 kHz mono 16-bit PCM in a WAV file that the worker made, never the person's own file. */
export type DecodedAudio = {
  readonly path: string;
  readonly durationSeconds: number;
};

/** How audio can be handed to an engine. `wav` is 16 kHz mono 16-bit PCM, `ogg` is Opus in Ogg. */
export const audioFormats = ['wav', 'flac', 'ogg', 'mp3'] as const;
export type AudioFormat = (typeof audioFormats)[number];

/** One part of a file, cut and encoded as the engine wants it; a short file is one part. */
export type AudioPart = DecodedAudio & { readonly format: AudioFormat };

/** Money as a service counts it: US dollars or Iranian toman. */
export type Cost = { readonly amount: number; readonly currency: 'USD' | 'IRT' };

/** What every process knows of an engine, also those that do not run it: the workers report it. */
export type EngineProfile = {
  readonly id: EngineId;
  readonly kind: EngineKind;
  readonly name: NameInLanguages;
  readonly can: {
    /** ISO 639-1 codes. */
    readonly languages: 'any' | readonly string[];
    readonly detectsLanguage: boolean;
    readonly times: 'none' | 'segments' | 'words';
    readonly confidences: boolean;
    readonly speakers: boolean;
    readonly hotwords: boolean;
    readonly translation: boolean;
  };
  /** What one call takes at most. */
  readonly limits: {
    readonly partSeconds: number;
    readonly partBytes: number;
    /** Best first. */
    readonly formats: readonly AudioFormat[];
    /** Parts of one file that it works on at the same time. */
    readonly parallelParts: number;
  };
  /** Null: free, or nobody told us. */
  readonly price: { readonly perMinute: number; readonly currency: Cost['currency'] } | null;
  readonly privacy: {
    /** The host that hears the audio; null: it stays on this machine. */
    readonly destination: string | null;
    /** What is left there afterwards, as far as the service says. */
    readonly keeps: 'nothing' | 'deleted' | 'unknown';
  };
  /** Seconds of work for a second of audio that are still no reason for alarm: with the length, the job's deadline. */
  readonly slowestPace: number;
};

export type TranscribeOptions = {
  /** ISO 639-1, null for detection. */
  readonly language: string | null;
  /** The language is the person's own word: the engine says what it sounds like (`detected`), if it can tell. */
  readonly checksLanguage?: boolean;
  /** Words that are likely to occur. */
  readonly hotwords: readonly string[];
};

export type TranscribeHooks = {
  /** Aborted on cancel, on a lost lease and past the deadline; the engine stops at once and rejects. */
  readonly signal: AbortSignal;
  /** Called with 0 to 1 as the engine's own segments arrive. Cheap to call often. */
  readonly onProgress: (fraction: number) => void;
  readonly ticket: Ticket;
};

/**
 * The service's own number of the work under way. It outlives a crash: what was sent, and paid for, is asked for again
 * instead of being sent again.
 */
export type Ticket = {
  /** Of an earlier attempt at this part, null when there is none. */
  readonly value: string | null;
  /** Remembers it, or with null forgets it. */
  keep(value: string | null): Promise<void>;
};

/** What an engine heard in one part, with times from the part's start. */
export type PartTranscript = Transcript & {
  /** What the service charged, null when it does not say. */
  readonly cost: Cost | null;
};

/** One speech engine. */
export type Engine = {
  readonly profile: EngineProfile;
  /** Starts whatever the engine needs on this machine, in the background. Does not throw; see `readiness`. */
  prepare(): void;
  readiness(): EngineReadiness;
  /** Resolves when `readiness` is ready; rejects with `engine_unavailable` when it never will be, or on abort. */
  whenReady(signal: AbortSignal): Promise<void>;
  /**
   * Turns speech into a transcript. Rejects with a DabirError (`engine_failed`, `engine_rejected`,
   * `engine_unavailable`) or with the signal's reason. An empty transcript means that there was no speech.
   */
  transcribe(part: AudioPart, options: TranscribeOptions, hooks: TranscribeHooks): Promise<PartTranscript>;
  /** What is left on the account, in the service's own words and units; only where the service tells it cheaply. */
  probe?(signal: AbortSignal): Promise<{ readonly credit: string | null }>;
  /** Ends child processes and connections. */
  close(): Promise<void>;
};
