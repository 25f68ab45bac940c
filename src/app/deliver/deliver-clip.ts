import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clip, Delivery } from '../../domain/delivery.ts';
import { DabirError } from '../../domain/errors.ts';
import type { Range } from '../../domain/loudness.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Clips } from '../ports/clips.ts';
import type { Log } from '../ports/log.ts';
import type { AudioSource, Decoder } from '../ports/media.ts';
import { withDecodedUpload } from './decode-upload.ts';

export type ClipDependencies = {
  audioSource: AudioSource;
  decoder: Decoder;
  clips: Clips;
  log: Log;
  /** Aborts when this process is about to end; the outbox keeps the rest. */
  leaving: AbortSignal;
};

/** Audio before and after the word, in seconds: about three in all. */
const marginSeconds = 1.2;
/** Length from which on a clip of a voice says enough by itself, in seconds. */
const minVoiceSeconds = 1.5;

/**
 * Sends the audio around a word, or of a voice: downloads the upload from its source again and cuts it. Resolves to the
 * message id.
 * @throws DeliveryError, or a DabirError for a failure that may pass
 */
export async function deliverClip(
  { audioSource, decoder, clips, log, leaving }: ClipDependencies,
  transcription: Transcription,
  { payload }: Delivery & { kind: 'clip' },
): Promise<readonly number[]> {
  try {
    return await withDecodedUpload(
      { audioSource, decoder },
      transcription,
      leaving,
      async (audio, folder) => {
        const range = rangeOf(payload, audio.durationSeconds);
        const path = join(folder, 'clip.ogg');
        await decoder.cut(audio, range, 'ogg', path, leaving);
        const bytes = new Uint8Array(await readFile(path));
        return [await clips.send(transcription, payload, bytes, Math.ceil(range.end - range.start))];
      },
    );
  } catch (thrown) {
    if (!(thrown instanceof DabirError) || thrown.retryable) throw thrown;
    log.info({ transcription: transcription.id, code: thrown.code }, 'clip not available');
    return [await clips.sendNone(transcription, payload)];
  }
}

function rangeOf({ start, end, speaker }: Clip, durationSeconds: number): Range {
  // Around a speaker another one may speak, so only a very short clip gets more.
  const margin = speaker === undefined || end - start < minVoiceSeconds ? marginSeconds : 0;
  return { start: Math.max(0, start - margin), end: Math.min(durationSeconds, end + margin) };
}
