import type { PartTranscript } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import type { Job } from '../../domain/transcription.ts';

/** A part of a file, from the moment that a service has taken it. Times are seconds from the start of the file. */
export type KeptPart = {
  readonly start: number;
  readonly end: number;
  readonly engine: EngineId;
  /** The service's own number of the work while it is under way. */
  readonly ticket: string | null;
  /** Null while nobody has answered. */
  readonly heard: HeardAudio | null;
};

/** What was heard between two moments: a little more than the part at an edge that was cut where somebody speaks. */
export type HeardAudio = PartTranscript & { readonly from: number; readonly to: number };

export type HeardPart = KeptPart & { readonly heard: HeardAudio };

/** What is kept of files whose parts are under way, so that nothing is heard, or paid, twice. */
export type Parts = {
  list(id: TranscriptionId): Promise<KeptPart[]>;
  /** Resolves to false when somebody else has the file now; then nothing was written. */
  keep(job: Job, part: KeptPart): Promise<boolean>;
};
