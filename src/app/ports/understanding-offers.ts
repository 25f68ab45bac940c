import type { Transcription } from '../../domain/transcription.ts';
import type { UnderstandingOffer } from '../../domain/understanding.ts';

/** Returns what the buttons of the language model say below a transcript; null: they are not offered. */
export type FindUnderstandingOffer = (
  file: Pick<Transcription, 'id' | 'chatId' | 'userId' | 'purpose' | 'languageCode'>,
) => Promise<UnderstandingOffer | null>;
