import type { Channels } from '../../domain/channel-turns.ts';
import type { AudioFormat, DecodedAudio } from '../../domain/engine.ts';
import type { Loudness, Range } from '../../domain/loudness.ts';
import type { Transcription } from '../../domain/transcription.ts';

/** Source of uploads. */
export type AudioSource = {
  /**
   * Downloads an upload to `path`. Resolves to its file name if that is known only now, else null.
   * @param onProgress called with the fraction that has arrived, 0 to 1, where the size is known
   * @throws DabirError `file_too_large`, `file_unavailable`, `download_failed` or one of the `link_…` codes, or the
   * signal's reason
   */
  download(
    file: Pick<Transcription, 'id' | 'fileId' | 'fileSize'>,
    path: string,
    signal: AbortSignal,
    onProgress?: (fraction: number) => void,
  ): Promise<string | null>;
};

/** Decodes users' media. */
export type Decoder = {
  /**
   * Decodes any media file to 16 kHz mono.
   * @throws DabirError with the code for what is wrong with the file
   */
  decode(input: string, output: string, signal: AbortSignal): Promise<Decoded>;
  /** Cuts a range (in seconds) out of decoded audio and encodes it as the engine wants it. */
  cut(
    audio: DecodedAudio,
    range: Range,
    format: AudioFormat,
    output: string,
    signal: AbortSignal,
  ): Promise<void>;
};

export type Decoded = DecodedAudio & {
  readonly loudness: Loudness;
  /** Loudness of the channels of a stereo track; null or absent for others. */
  readonly channels?: Channels | null;
  /** Seconds of audio that could not be decoded; 0 when it is complete. */
  readonly lostSeconds: number;
};
