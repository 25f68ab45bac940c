import type { AudioFormat, DecodedAudio } from '../../domain/engine.ts';
import type { Loudness, Range } from '../../domain/loudness.ts';
import type { Transcription } from '../../domain/transcription.ts';

/** Where the files come from. */
export type AudioSource = {
  /**
   * Streams the file to `path`; resolves to its name, where that is known only now. Rejects with file_too_large,
   * file_unavailable, download_failed, what is wrong with a link, or the signal's reason.
   * @param onProgress how much of it has arrived, 0 to 1, where anybody knows how much it is
   */
  download(
    file: Pick<Transcription, 'id' | 'fileId' | 'fileSize'>,
    path: string,
    signal: AbortSignal,
    onProgress?: (fraction: number) => void,
  ): Promise<string | null>;
};

/** Reads people's media. */
export type Decoder = {
  /** Any media file to 16 kHz mono; rejects with the DabirError that says what is wrong with the file. */
  decode(input: string, output: string, signal: AbortSignal): Promise<Decoded>;
  /** A range of what was decoded, in seconds, as the engine wants it. */
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
  /** How much of the audio could not be read, in seconds; 0 when it is whole. */
  readonly lostSeconds: number;
};
