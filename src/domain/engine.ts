import type { Transcript } from './transcript.ts';

/** The engines there are; also what callback data and the database hold. */
export const engineIds = ['local'] as const;
export type EngineId = (typeof engineIds)[number];

/** True when the text names an engine. */
export function isEngineId(text: unknown): text is EngineId {
  return (engineIds as readonly unknown[]).includes(text);
}

/** `local` engines use this machine's processor, `remote` ones wait for a service; each kind has its own token queue. */
export type EngineKind = 'local' | 'remote';

/** What an engine that is being set up is doing. */
export const preparationStages = ['download', 'install', 'verify', 'load'] as const;
export type PreparationStage = (typeof preparationStages)[number];

/** Can the engine take a file now? `preparing` and `resting` take files, which wait in their lane until it is ready. */
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

export type TranscribeOptions = {
  /** ISO 639-1, null for detection. */
  readonly language: string | null;
  /** Words that are likely to occur. */
  readonly hotwords: readonly string[];
};

export type TranscribeHooks = {
  /** Aborted on cancel, on a lost lease and past the deadline; the engine stops at once and rejects. */
  readonly signal: AbortSignal;
  /** Called with 0 to 1 as the engine's own segments arrive. Cheap to call often. */
  readonly onProgress: (fraction: number) => void;
};

/** One speech engine. */
export type Engine = {
  readonly id: EngineId;
  readonly kind: EngineKind;
  /** Its own name, the same in every language. */
  readonly name: string;
  /** Seconds of work for a second of audio that are still no reason for alarm: with the length, the job's deadline. */
  readonly slowestPace: number;
  /** Starts whatever the engine needs on this machine, in the background. Does not throw; see `readiness`. */
  prepare(): void;
  readiness(): EngineReadiness;
  /** Resolves when `readiness` is ready; rejects with `engine_unavailable` when it never will be, or on abort. */
  whenReady(signal: AbortSignal): Promise<void>;
  /**
   * Turns speech into a transcript. Rejects with a DabirError (`engine_failed`, `engine_rejected`,
   * `engine_unavailable`) or with the signal's reason. An empty transcript means that there was no speech.
   */
  transcribe(audio: DecodedAudio, options: TranscribeOptions, hooks: TranscribeHooks): Promise<Transcript>;
  /** Ends child processes and connections. */
  close(): Promise<void>;
};
