import type { DecodeJob, DecodeResult, EncodeJob } from '../protocol.ts';

/** Decodes and encodes media in the decoding process. */
export type MediaTool = {
  /**
   * Decodes one file. Rejects with `not_media`, `no_audio_track`, `media_damaged`, `media_too_long`, `internal`.
   */
  decode(job: DecodeJob): Promise<DecodeResult>;
  /** Encodes one chunk of a WAV file that Dabir wrote. Rejects with `internal`. */
  encode(job: EncodeJob): Promise<void>;
};
