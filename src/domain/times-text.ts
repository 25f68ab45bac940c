import { isQuoted } from './answer-text.ts';
import { clockTime } from './clock-time.ts';
import type { DocumentParagraph } from './document.ts';
import { splitMessage } from './split-message.ts';

/** A longer text is no message any more; it is sent as a file. */
const mostMessages = 2;

/**
 * A transcript with the moment at which each stretch begins, as messages; null when that would be too many. In Latin
 * digits, since Telegram makes a press on them jump there in the recording that is replied to.
 */
export function timesTexts(
  paragraphs: Iterable<DocumentParagraph>,
): { readonly text: string; readonly isQuote: boolean }[] | null {
  const lines = [...paragraphs].map(({ segments }) =>
    segments.map(({ start, text }) => `${clockTime(start)} ${text}`).join('\n'),
  );
  const text = lines.join('\n');
  const messages = splitMessage(text);
  if (messages.length > mostMessages) return null;
  return messages.map((piece) => ({ text: piece, isQuote: isQuoted(text) }));
}
