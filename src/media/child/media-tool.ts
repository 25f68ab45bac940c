import type { DecodeJob, DecodeResult, EncodeJob } from '../protocol.ts';

/** What reads and writes media in the decoding process. */
export type MediaTool = {
  /** Decodes one file. Rejects with `not_media`, `no_audio_track`, `media_damaged`, `media_too_long`. */
  decode(job: DecodeJob): Promise<DecodeResult>;
  /** Encodes one part of our own WAV file. Rejects with `internal`. */
  encode(job: EncodeJob): Promise<void>;
};
