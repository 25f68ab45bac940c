import type { DecodedAudio } from '../../domain/engine.ts';
import type { Range } from '../../domain/loudness.ts';
import type { SpeakerTurn } from '../../domain/speaker-turns.ts';
import type { Voice } from '../../domain/voice-match.ts';

/** Who speaks when. */
export type FoundSpeakers = {
  /** Ordered by start. */
  readonly turns: readonly SpeakerTurn[];
  /** The voices by the speaker's number; empty unless they were asked for. */
  readonly voices: ReadonlyMap<number, Voice>;
};

/** Tells speakers apart in decoded audio, on this machine. */
export type SpeakerFinder = {
  /**
   * Finds who speaks when. Waits while the models are set up, and for other recordings.
   * @param count number of speakers; null: it is found
   * @returns null when speakers cannot be told apart on this machine, for a reason in the log
   * @throws DabirError `engine_failed`, or the signal's reason
   */
  find(
    audio: DecodedAudio,
    count: number | null,
    hooks: {
      readonly signal: AbortSignal;
      readonly onProgress: (fraction: number) => void;
      /** True to describe the voices of the speakers too. */
      readonly describesVoices?: boolean;
    },
  ): Promise<FoundSpeakers | null>;
  /**
   * Describes the voice that speaks in ranges of the audio.
   * @returns null when it speaks too briefly; `unavailable` when voices cannot be described on this machine
   * @throws DabirError `engine_failed`, or the signal's reason
   */
  describe(
    audio: DecodedAudio,
    ranges: readonly Range[],
    signal: AbortSignal,
  ): Promise<Voice | null | 'unavailable'>;
  /** Stops the set-up and running work. */
  close(): Promise<void>;
};
