import type { ChunkTranscript } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import type { Job } from '../../domain/transcription.ts';

/** A chunk, stored as soon as a remote engine has accepted it. Times are in seconds from the start of the audio. */
export type StoredChunk = {
  readonly start: number;
  readonly end: number;
  readonly engine: EngineId;
  /** The remote engine's id of the work while it is in progress. */
  readonly ticket: string | null;
  /** Null until the engine has answered. */
  readonly transcript: RangeTranscript | null;
};

/** Transcript of a range: longer than the chunk at an edge that was cut within speech. */
export type RangeTranscript = ChunkTranscript & { readonly from: number; readonly to: number };

export type TranscribedChunk = StoredChunk & { readonly transcript: RangeTranscript };

/** Stored chunks of transcriptions in progress, so that nothing is transcribed, or paid for, twice. */
export type Chunks = {
  list(id: TranscriptionId): Promise<StoredChunk[]>;
  /** Stores a chunk. Resolves to false, without writing, when another worker has claimed the transcription. */
  save(job: Job, chunk: StoredChunk): Promise<boolean>;
};
