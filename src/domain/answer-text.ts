import { messageLimit, splitMessage } from './split-message.ts';

/** A message with a transcript's text. */
export type AnswerText = {
  readonly text: string;
  /** Folded: a few lines of it are shown until it is tapped (Bot API, `expandable_blockquote`). */
  readonly isQuote: boolean;
  /** What is underlined in it, in UTF-16 units: words that the engine was unsure of. */
  readonly marks?: readonly Mark[];
};

/** From the first unit to before the last. */
export type Mark = { readonly from: number; readonly to: number };

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
 * @param marks in the text, in order
 */
export function answerTexts(
  text: string,
  hasFiles: boolean,
  marks: readonly Mark[] = [],
): { readonly messages: readonly AnswerText[]; readonly isExcerpt: boolean } {
  if (text.length > messageLimit && hasFiles) {
    const [beginning = ''] = splitMessage(text, excerptLength);
    const [message] = withMarks([beginning], text, marks, false);
    const excerpt = { ...message, text: `${beginning} …`, isQuote: false };
    return { messages: [excerpt], isExcerpt: true };
  }
  return { messages: withMarks(splitMessage(text), text, marks, isQuoted(text)), isExcerpt: false };
}

/** Telegram takes a hundred entities a message (tdlib, `MAX_ENTITIES`), the quotation among them. */
const mostMarks = 99;

/** Pieces of a text with the marks that fall into each. */
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
      .slice(0, mostMarks)
      .map(({ from, to }) => ({ from: from - start, to: to - start }));
    return { text: piece, isQuote, ...(own.length > 0 && { marks: own }) };
  });
}
