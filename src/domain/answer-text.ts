import type { DocumentFormat } from './document.ts';
import type { TranscriptionId } from './ids.ts';
import { messageLimit, splitMessage } from './split-message.ts';

/** One message with text of a transcript. */
export type AnswerText = {
  readonly text: string;
  /** Sent folded: Telegram shows the first lines until the user taps it (Bot API, `expandable_blockquote`). */
  readonly isQuote: boolean;
  /** Ranges to underline, in UTF-16 units: the words with low confidence. */
  readonly marks?: readonly Mark[];
  /** The formats that buttons under a bundle offer, with the transcription that it was sent with. */
  readonly bundle?: { readonly id: TranscriptionId; readonly formats: readonly DocumentFormat[] };
};

/** Half-open range: `from` is included, `to` is not. */
export type Mark = { readonly from: number; readonly to: number };

/** Longest text that is not folded, in UTF-16 units: about eight lines on a phone. */
const shortLength = 500;
/** Returns true for a text that is sent folded. */
export function isQuoted(text: string): boolean {
  return text.length > shortLength;
}

/** Length of the excerpt of a text that is too long for the chat, in UTF-16 units. */
const excerptLength = 600;

/**
 * Longest text that is sent whole, in UTF-16 units: about a quarter of an hour of speech, in three or four messages.
 */
export const maxTextLength = 12_000;

/** Room for the notes below the text in its first message, in UTF-16 units; the longest four have about 600. */
const remarksLength = 696;

/** Maximum length of one message with text, in UTF-16 units. */
const pieceLength = messageLimit - remarksLength;

/**
 * Splits a transcript's text into messages. A short text is sent as it is and a long one folded. Of a text that is
 * too long for the chat only the beginning is sent, because the documents hold all of it.
 * @param isCompact true for an answer in one message
 * @param marks ranges in the text, in order
 */
export function answerTexts(
  text: string,
  isCompact: boolean,
  marks: readonly Mark[] = [],
): {
  readonly messages: readonly [AnswerText, ...AnswerText[]];
  readonly isExcerpt: boolean;
} {
  if (text.length > (isCompact ? pieceLength : maxTextLength)) {
    const [beginning = ''] = splitMessage(text, excerptLength);
    const [message] = withMarks([beginning], text, marks, false);
    const excerpt = { ...message, text: `${beginning} …`, isQuote: false };
    return { messages: [excerpt], isExcerpt: true };
  }
  const [first = { text: '', isQuote: false }, ...others] = withMarks(
    splitMessage(text, pieceLength),
    text,
    marks,
    isQuoted(text),
  );
  return { messages: [first, ...others], isExcerpt: false };
}

/**
 * Maximum number of marks in a message: Telegram takes 100 entities (tdlib, `MAX_ENTITIES`), and the quotation and the
 * notes below the text are one each.
 */
const maxMarks = 98;

/** Returns the pieces of a text as messages, each with the marks that lie within it. */
function withMarks(
  pieces: readonly string[],
  text: string,
  marks: readonly Mark[],
  isQuote: boolean,
): AnswerText[] {
  let end = 0;
  return pieces.map((piece) => {
    const start = text.indexOf(piece, end);
    end = start + piece.length;
    const own = marks
      .filter(({ from, to }) => from >= start && to <= end)
      .slice(0, maxMarks)
      .map(({ from, to }) => ({ from: from - start, to: to - start }));
    return { text: piece, isQuote, ...(own.length > 0 && { marks: own }) };
  });
}
