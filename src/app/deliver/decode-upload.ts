import { join } from 'node:path';
import type { DecodedAudio } from '../../domain/engine.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { AudioSource, Decoder } from '../ports/media.ts';
import { createWorkFolder, removeWorkFolder } from '../work-folder.ts';

/**
 * Downloads an upload from its source again, decodes it, and removes both once `use` has settled.
 * @param signal aborts when this process is about to end
 * @param use receives the audio, and a folder for files of its own
 * @throws DabirError when the upload is gone or cannot be decoded, or the signal's reason
 */
export async function withDecodedUpload<Result>(
  { audioSource, decoder }: { audioSource: AudioSource; decoder: Decoder },
  transcription: Transcription,
  signal: AbortSignal,
  use: (audio: DecodedAudio, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await createWorkFolder();
  try {
    const original = join(folder, 'original');
    await audioSource.download(transcription, original, signal);
    return await use(await decoder.decode(original, join(folder, 'decoded.wav'), signal), folder);
  } finally {
    await removeWorkFolder(folder);
  }
}
