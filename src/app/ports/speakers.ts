import type { DecodedAudio } from '../../domain/engine.ts';
import type { SpeakerTurn } from '../../domain/speaker-turns.ts';

/** Tells speakers apart in decoded audio, on this machine. */
export type SpeakerFinder = {
  /**
   * Finds who speaks when. Waits while the models are set up, and for other recordings.
   * @param count number of speakers; null: it is found
   * @returns turns ordered by start; null when speakers cannot be told apart on this machine, for a reason in the log
   * @throws DabirError `engine_failed`, or the signal's reason
   */
  find(
    audio: DecodedAudio,
    count: number | null,
    hooks: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
  ): Promise<readonly SpeakerTurn[] | null>;
  /** Stops the set-up and running work. */
  close(): Promise<void>;
};
