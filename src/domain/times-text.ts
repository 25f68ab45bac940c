import { isQuoted } from './answer-text.ts';
import { clockTime } from './clock-time.ts';
import type { DocumentParagraph } from './document.ts';
import { splitMessage } from './split-message.ts';

/** Maximum number of messages; a longer text is sent as a document. */
const maxMessages = 2;

/**
 * Returns a transcript as messages, with the time of each segment; null when there would be too many messages. Times
 * are in Latin digits, because Telegram makes those seek in the audio that the message replies to.
 */
export function timesTexts(
  paragraphs: Iterable<DocumentParagraph>,
): { readonly text: string; readonly isQuote: boolean }[] | null {
  const lines = [...paragraphs].map(({ segments }) =>
    segments.map(({ start, text }) => `${clockTime(start)} ${text}`).join('\n'),
  );
  const text = lines.join('\n');
  const messages = splitMessage(text);
  if (messages.length > maxMessages) return null;
  return messages.map((piece) => ({ text: piece, isQuote: isQuoted(text) }));
}
