import type { EngineModel } from './engine-model.ts';
import type { EngineId, NameInLanguages } from './engine-names.ts';
import type { Transcript } from './transcript.ts';

/** `local` engines use this machine's processor; `remote` engines call an API. Every engine has its own token queue. */
export type EngineKind = 'local' | 'remote';

/** Stages of setting up an engine. */
export const preparationStages = ['download', 'install', 'verify', 'load'] as const;
export type PreparationStage = (typeof preparationStages)[number];

/** Causes of an engine that is `unavailable`. Each has a text in both languages, `engine-unavailable-<cause>`. */
export const unavailableCauses = [
  'python_missing',
  'venv_missing',
  'packages_not_installed',
  'packages_broken',
  'model_unknown',
  'model_not_fetched',
  'start_failed',
  'closing',
] as const;
export type UnavailableCause = (typeof unavailableCauses)[number];

/**
 * Readiness of an engine to take jobs. Users can still choose an engine that is `preparing`, `resting` or `paused`;
 * their transcriptions wait in the lane until it is ready.
 */
export type EngineReadiness =
  | { readonly state: 'ready' }
  | {
      readonly state: 'preparing';
      /** Current stage of the set-up. */
      readonly stage: PreparationStage;
      /** Share of the stage that is done, 0 to 1; null while unknown. */
      readonly fraction: number | null;
    }
  /**
   * The circuit is open after too many failures in a row. Transcriptions wait in their lanes; after a rest one of them
   * tests the engine.
   */
  | { readonly state: 'resting' }
  /** An admin has paused the engine. No worker claims a transcription for it until an admin resumes it. */
  | { readonly state: 'paused' }
  | {
      readonly state: 'unavailable';
      readonly cause: UnavailableCause;
      /** What exactly happened and the remedy, in English, for operators: one line, without secrets. */
      readonly reason: string;
    };

/** A file of audio on this machine. */
type AudioFile = { readonly path: string; readonly durationSeconds: number };

/** A WAV file with 16 kHz mono 16-bit PCM, decoded by the worker; never the upload itself. */
export type DecodedAudio = AudioFile;

/** Formats in which an engine can receive audio. `wav` is 16 kHz mono 16-bit PCM, `ogg` is Opus in Ogg. */
export const audioFormats = ['wav', 'flac', 'ogg', 'mp3'] as const;
export type AudioFormat = (typeof audioFormats)[number];

/** One chunk of audio in the format that the engine wants. Short audio is one chunk. */
export type AudioChunk = AudioFile & { readonly format: AudioFormat };

/** An amount of money: US dollars or Iranian toman. */
export type Cost = { readonly amount: number; readonly currency: 'USD' | 'IRT' };

/**
 * Properties of an engine, known to every process because workers report them; also to processes that do not run it.
 */
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
  /** Limits of one call. */
  readonly limits: {
    readonly maxChunkSeconds: number;
    readonly maxChunkBytes: number;
    /** Accepted formats, in order of preference. */
    readonly formats: readonly AudioFormat[];
    /** Maximum number of chunks of one transcription that the engine works on at the same time. */
    readonly maxParallelChunks: number;
  };
  /** Null: free, or unknown. */
  readonly price: { readonly perMinute: number; readonly currency: Cost['currency'] } | null;
  readonly privacy: {
    /** Host that receives the audio; null: the audio stays on this machine. */
    readonly destination: string | null;
    /** Audio that remains on that host afterwards, according to its terms. */
    readonly keeps: 'nothing' | 'deleted' | 'unknown';
  };
  /**
   * Maximum normal real-time factor, in seconds of work per second of audio. With the length of the audio it gives a
   * job's deadline.
   */
  readonly maxRealTimeFactor: number;
};

export type TranscribeOptions = {
  /** ISO 639-1 code; null: the engine detects the language. */
  readonly language: string | null;
  /**
   * The user has set the language; the engine should still report the language that it detects (`detected`), if it can.
   */
  readonly checksLanguage?: boolean;
  /**
   * The language is that of an earlier chunk of the file. An engine that has a model for each language identifies it
   * again; others take it as given.
   */
  readonly isLanguageGuessed?: boolean;
  /** Words that are likely to occur. */
  readonly hotwords: readonly string[];
};

export type TranscribeHooks = {
  /** Aborts on cancel, on a lost lease and after the deadline. The engine stops at once and rejects. */
  readonly signal: AbortSignal;
  /** Reports progress from 0 to 1 as the engine's segments arrive. Calls are cheap. */
  readonly onProgress: (fraction: number) => void;
  /**
   * Receives the chunk's text so far, or its end, before the progress that belongs to it. Only for engines that give
   * the text bit by bit. Calls are cheap.
   */
  readonly onText?: (text: string) => void;
  readonly ticket: Ticket;
};

/**
 * Id that a remote engine gave to the work in progress. It survives a crash of the worker, so that the next attempt
 * asks for the result instead of sending, and paying for, the same audio again.
 */
export type Ticket = {
  /** Id from an earlier attempt at this chunk; null when there is none. */
  readonly value: string | null;
  /** Stores the id; null deletes it. */
  save(value: string | null): Promise<void>;
};

/** Transcript of one chunk, with times from the start of the chunk. */
export type ChunkTranscript = Transcript & {
  /** Price that the engine's API reported; null when it reports none. */
  readonly cost: Cost | null;
};

/** A speech engine. */
export type Engine = {
  readonly profile: EngineProfile;
  /** Starts the set-up on this machine, in the background. Does not throw; `readiness` tells how it went. */
  prepare(): void;
  readiness(): EngineReadiness;
  /**
   * Resolves when the engine is ready.
   * @throws DabirError `engine_unavailable` when it will never be ready, or the signal's reason
   */
  whenReady(signal: AbortSignal): Promise<void>;
  /**
   * Transcribes one chunk. An empty transcript means that there was no speech.
   * @throws DabirError `engine_failed`, `engine_response_unknown`, `engine_rejected`, `engine_account` or `engine_unavailable`, or the
   * signal's reason
   */
  transcribe(chunk: AudioChunk, options: TranscribeOptions, hooks: TranscribeHooks): Promise<ChunkTranscript>;
  /**
   * Returns the credit left on the account, in the words and units of the engine's API. Only for APIs with a cheap
   * call.
   */
  probe?(signal: AbortSignal): Promise<{ readonly credit: string | null }>;
  /** Returns the models on this machine, for engines that run some; empty before the set-up. */
  models?(): readonly EngineModel[];
  /**
   * Installs a model on this machine, or removes it, and uses what is there from the next chunk on; `models` shows the
   * progress. One change at a time.
   * @param agreement who has agreed to unclear terms, for the record; null: nobody
   * @returns false if it could not be downloaded, which is worth another attempt; every other failure is shown by `models`
   * @throws the signal's reason
   */
  changeModel?(
    name: string,
    wish: { readonly isWanted: boolean; readonly agreement: string | null },
    signal: AbortSignal,
  ): Promise<boolean>;
  /** Stops child processes and closes connections. */
  close(): Promise<void>;
};
