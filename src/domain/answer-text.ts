import { messageLimit, splitMessage } from './split-message.ts';

/** A message with a transcript's text. */
export type AnswerText = {
  readonly text: string;
  /** Folded: a few lines of it are shown until it is tapped (Bot API, `expandable_blockquote`). */
  readonly isQuote: boolean;
};

/** Up to this many UTF-16 units, some eight lines on a phone, a text needs no folding. */
const shortLength = 500;
/** True for a text that is better folded. */
export function isQuoted(text: string): boolean {
  return text.length > shortLength;
}

/** The beginning of a text that is too long for the chat. */
const excerptLength = 600;

/**
 * A transcript as messages: a short one as it is, a long one folded, and of one that does not fit into a message its
 * beginning alone, since the files have all of it.
 * @param hasFiles false when there are none: then all of it comes, in as many messages as it takes
 */
export function answerTexts(
  text: string,
  hasFiles: boolean,
): { readonly messages: readonly AnswerText[]; readonly isExcerpt: boolean } {
  if (text.length > messageLimit && hasFiles) {
    const [beginning = ''] = splitMessage(text, excerptLength);
    return { messages: [{ text: `${beginning} …`, isQuote: false }], isExcerpt: true };
  }
  const isQuote = isQuoted(text);
  return { messages: splitMessage(text).map((piece) => ({ text: piece, isQuote })), isExcerpt: false };
}
