import type { Frame } from '../../domain/frame.ts';
import type { TranscriptionId } from '../../domain/ids.ts';

/** Frames of the transcriptions that have a purpose. */
export type Frames = {
  /** Returns the frame of a transcription; null when it has none, or no longer. */
  find(id: TranscriptionId): Promise<Frame | null>;
};
