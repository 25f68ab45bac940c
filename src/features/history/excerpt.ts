import { splitMessage } from '../../domain/split-message.ts';
import { findSearchWords, type SearchWord } from './search-words.ts';

/** An excerpt of a text, with the ranges of the words that were searched for (UTF-16 units of `text`). */
export type Excerpt = {
  readonly text: string;
  readonly marks: readonly { readonly offset: number; readonly length: number }[];
};

/** Number of words shown before the first match. */
const wordsBefore = 6;
/** Length of an excerpt, in UTF-16 units: two lines on a phone. */
const excerptLength = 120;

/**
 * Returns the words around the first match, or the beginning of the text without a match.
 * @param words search words from `wordsOfQuery`
 * @param write converts the engine's spelling to the user's
 */
export function excerptOf(
  text: string,
  words: readonly string[],
  write: (text: string) => string = (text) => text,
): Excerpt {
  const placed = findSearchWords(text);
  const first = placed.findIndex((word) => isOneOf(word, words));
  const from = placed[Math.max(0, first - wordsBefore)];
  const start = first <= wordsBefore || from === undefined ? 0 : from.start;
  // Long enough for the excerpt after `write`, and without half a character at its end.
  const [stretch = ''] = splitMessage(text.slice(start, start + 6 * excerptLength), 5 * excerptLength);
  const rest = write(stretch).replace(/\s+/gu, ' ');
  const [piece = ''] = splitMessage(rest, excerptLength);
  const shown = `${start > 0 ? '… ' : ''}${piece}${piece.length < rest.trim().length ? ' …' : ''}`;
  return { text: shown, marks: marksOf(shown, words) };
}

/** Returns the ranges of a text that match the search words. */
export function marksOf(text: string, words: readonly string[]): Excerpt['marks'] {
  if (words.length === 0) return [];
  return findSearchWords(text)
    .filter((word) => isOneOf(word, words) && word.end > word.start)
    .map(({ start, end }) => ({ offset: start, length: end - start }));
}

function isOneOf({ forms }: SearchWord, words: readonly string[]): boolean {
  return forms.some((form) => words.some((word) => form.startsWith(word)));
}
