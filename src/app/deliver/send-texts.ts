import type { AnswerText } from '../../domain/answer-text.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Messenger } from '../ports/messenger.ts';

/**
 * Sends the messages of one delivery. Resolves to their ids. When one of them fails, those before it are removed again,
 * since a delivery is sent as a whole or not at all.
 * @param hasSound true when the first of them makes a sound
 * @throws DeliveryError
 */
export async function sendTexts(
  messenger: Pick<Messenger, 'sendText' | 'remove'>,
  to: Transcription,
  texts: readonly AnswerText[],
  hasSound = false,
): Promise<readonly number[]> {
  const ids: number[] = [];
  try {
    for (const text of texts) ids.push(await messenger.sendText(to, text, hasSound && ids.length === 0));
  } catch (error) {
    if (ids.length > 0) await messenger.remove(to, ids);
    throw error;
  }
  return ids;
}
