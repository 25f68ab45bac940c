import { type PlacedWord, placedWords } from './search-words.ts';
import { splitMessage } from './split-message.ts';

/** A few words of a text, and which of them were looked for (UTF-16 units of `text`). */
export type Excerpt = {
  readonly text: string;
  readonly marks: readonly { readonly offset: number; readonly length: number }[];
};

/** Words before the first that was looked for. */
const wordsBefore = 6;
/** Of the text, in UTF-16 units: two lines on a phone. */
const excerptLength = 120;

/**
 * The words around the first one that was looked for, or the beginning of a text.
 * @param words as `wordsOfQuery` has them
 * @param write how the text is written, from what was heard
 */
export function excerptOf(
  text: string,
  words: readonly string[],
  write: (heard: string) => string = (heard) => heard,
): Excerpt {
  const placed = placedWords(text);
  const first = placed.findIndex((word) => isOneOf(word, words));
  const from = placed[Math.max(0, first - wordsBefore)];
  const start = first <= wordsBefore || from === undefined ? 0 : from.start;
  // Enough, and no half of a character at its end.
  const [stretch = ''] = splitMessage(text.slice(start, start + 6 * excerptLength), 5 * excerptLength);
  const rest = write(stretch).replace(/\s+/gu, ' ');
  const [piece = ''] = splitMessage(rest, excerptLength);
  const shown = `${start > 0 ? '… ' : ''}${piece}${piece.length < rest.trim().length ? ' …' : ''}`;
  return { text: shown, marks: marksOf(shown, words) };
}

/** Where in a text words stand that were looked for. */
export function marksOf(text: string, words: readonly string[]): Excerpt['marks'] {
  if (words.length === 0) return [];
  return placedWords(text)
    .filter((word) => isOneOf(word, words) && word.end > word.start)
    .map(({ start, end }) => ({ offset: start, length: end - start }));
}

function isOneOf({ forms }: PlacedWord, words: readonly string[]): boolean {
  return forms.some((form) => words.some((word) => form.startsWith(word)));
}
