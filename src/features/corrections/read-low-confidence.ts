import type { Settings } from '../../app/ports/settings.ts';
import { writerFor } from '../../domain/document-choice.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import { type LowConfidenceWord, lowConfidenceWords } from '../../domain/low-confidence.ts';
import { documentParagraphs } from '../../domain/paragraphs.ts';
import type { Corrections } from './store.ts';

/**
 * Returns the words with low confidence in a user's transcript, written with the user's settings; empty without a
 * transcript.
 */
export async function readLowConfidence(
  { corrections, settings }: { corrections: Corrections; settings: Pick<Settings, 'documents'> },
  id: TranscriptionId,
  userId: UserId,
): Promise<LowConfidenceWord[]> {
  const read = await corrections.read(id, userId);
  if (read === null) return [];
  const { segments, language } = read.transcript;
  const choice = await settings.documents(userId);
  return lowConfidenceWords(documentParagraphs(segments, writerFor(language, choice)));
}
