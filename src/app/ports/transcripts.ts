import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import type { Transcript } from '../../domain/transcript.ts';

export type StoredTranscript = {
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  readonly engine: EngineId;
};

/** What a transcript's files are named after: the name of its upload, and the first words of its text. */
export type TitleSource = {
  readonly fileName: string | null;
  readonly language: string | null;
  /** The first 400 UTF-16 units of the text. */
  readonly beginning: string;
};

export type Transcripts = {
  find(id: TranscriptionId): Promise<StoredTranscript | null>;
  /**
   * Returns a transcript, with what names the files of the same user's transcripts before it, of the last 100 uploads.
   */
  findWithEarlier(
    id: TranscriptionId,
  ): Promise<{ readonly stored: StoredTranscript; readonly earlier: readonly TitleSource[] } | null>;
};
