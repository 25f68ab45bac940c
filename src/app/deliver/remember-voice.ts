import type { Delivery } from '../../domain/delivery.ts';
import { DabirError } from '../../domain/errors.ts';
import { speakerStretches } from '../../domain/speakers.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { VoiceOutcome, Wording } from '../ports/documents.ts';
import type { Log } from '../ports/log.ts';
import type { AudioSource, Decoder } from '../ports/media.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { SpeakerFinder } from '../ports/speakers.ts';
import type { Transcripts } from '../ports/transcripts.ts';
import type { Voiceprints } from '../ports/voiceprints.ts';
import { withDecodedUpload } from './decode-upload.ts';

export type RememberVoiceDependencies = {
  audioSource: AudioSource;
  decoder: Decoder;
  speakers: Pick<SpeakerFinder, 'describe'>;
  transcripts: Transcripts;
  voiceprints: Pick<Voiceprints, 'remember'>;
  messenger: Messenger;
  wording: Wording;
  log: Log;
  /** Aborts when this process is about to end; the outbox keeps the rest. */
  leaving: AbortSignal;
};

/**
 * Remembers the voice of a speaker for a user who has agreed: downloads the upload again, describes the voice where the
 * speaker speaks, and says what came of it. Resolves to the message id.
 * @throws DeliveryError, or a DabirError for a failure that may pass
 */
export async function rememberVoice(
  dependencies: RememberVoiceDependencies,
  transcription: Transcription,
  { payload }: Delivery & { kind: 'voice' },
): Promise<readonly number[]> {
  const { messenger, wording, log } = dependencies;
  let outcome: VoiceOutcome | 'refused';
  try {
    outcome = await describeAndRemember(dependencies, transcription, payload);
  } catch (thrown) {
    if (!(thrown instanceof DabirError) || thrown.retryable) throw thrown;
    log.info({ transcription: transcription.id, code: thrown.code }, 'voice not available');
    outcome = 'none';
  }
  // The user switched it off in between.
  if (outcome === 'refused') return [];
  log.info({ transcription: transcription.id, outcome }, 'voice described');
  const text = wording.voiceRemembered(transcription.languageCode, payload.name, outcome);
  return [await messenger.sendText(transcription, { text, isQuote: false })];
}

async function describeAndRemember(
  { audioSource, decoder, speakers, transcripts, voiceprints, leaving }: RememberVoiceDependencies,
  transcription: Transcription,
  { speaker, name }: (Delivery & { kind: 'voice' })['payload'],
): Promise<VoiceOutcome | 'refused'> {
  const stored = await transcripts.find(transcription.id);
  const ranges = stored === null ? [] : speakerStretches(stored.transcript.segments, speaker);
  if (ranges.length === 0) return 'none';
  const voice = await withDecodedUpload({ audioSource, decoder }, transcription, leaving, (audio) =>
    speakers.describe(audio, ranges, leaving),
  );
  if (voice === 'unavailable') return 'none';
  return voice === null ? 'short' : await voiceprints.remember(transcription.userId, name, voice);
}
