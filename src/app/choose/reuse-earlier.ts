import type { UserId } from '../../domain/ids.ts';
import { textLanguage } from '../../domain/languages.ts';
import type { EngineOffer } from '../../domain/status.ts';
import { buildDeliveries } from '../deliver/build-deliveries.ts';
import type { NumberSpeakerIn } from '../ports/documents.ts';
import type { EarlierTranscripts } from '../ports/earlier-transcripts.ts';
import type { Addressee, EarlierTranscript } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';

export type ReuseDependencies = {
  earlierTranscripts: EarlierTranscripts;
  numberSpeakerIn: NumberSpeakerIn;
  log: Log;
};

/**
 * Answers an upload with the user's own earlier transcript of the same audio from the same engine, at once and at no
 * cost. Other users' transcripts are never used. A copy reuses none: its user asked for a new transcript.
 * @returns false when one of the two was changed or deleted since the transcript was found
 */
export async function reuseEarlier(
  { earlierTranscripts, numberSpeakerIn, log }: ReuseDependencies,
  to: Addressee,
  userId: UserId,
  offer: EngineOffer,
  earlier: EarlierTranscript,
): Promise<boolean> {
  const deliveries = buildDeliveries(earlier, earlier.documents, numberSpeakerIn(to.languageCode), {
    engineName: offer.name[textLanguage(to.languageCode)],
    isReused: true,
  });
  const reused = await earlierTranscripts.reuse(to.id, userId, offer.id, earlier, deliveries);
  if (reused) log.info({ transcription: to.id, earlier: earlier.id }, 'answered by an earlier transcript');
  return reused;
}
