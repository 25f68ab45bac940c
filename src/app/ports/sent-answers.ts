import type { AnswerText } from '../../domain/answer-text.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { DocumentFile } from '../../domain/document.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { SentDelivery } from './deliveries.ts';
import type { Addressee } from './lanes.ts';

/** Sent answers, in their latest version. */
export type SentAnswers = {
  /** Returns what was sent, and the revision of the transcript; null when the transcription was deleted. */
  read(id: TranscriptionId): Promise<{ revision: number; sent: readonly SentDelivery[] } | null>;
  /**
   * Returns the document of the bundle of a transcription, and the transcription with which it was sent; null without
   * one. `isBeingSent`: some of it is still on its way with another transcription, and may hold an older text.
   */
  bundleOf(id: TranscriptionId): Promise<{
    readonly file: Transcription;
    readonly sent: readonly SentDelivery[];
    readonly isBeingSent: boolean;
  } | null>;
  /**
   * Records the messages that show a delivery now; an empty list deletes it. Resolves to false when the transcription
   * was deleted.
   */
  save(id: TranscriptionId, delivery: Delivery, messageIds: readonly number[]): Promise<boolean>;
};

/**
 * Changes sent messages. Both methods resolve to the id of the message that shows the content now: a new one when
 * Telegram refuses to change the old one, null when the user deleted it. They reject with a DeliveryError.
 */
export type Amendments = {
  editText(to: Addressee, messageId: number, message: AnswerText): Promise<number | null>;
  editFile(to: Addressee, messageId: number, file: DocumentFile): Promise<number | null>;
};
