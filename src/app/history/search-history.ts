import type { UserId } from '../../domain/ids.ts';
import { wordsOfQuery } from '../../domain/search-words.ts';
import type { History, HistoryPage, WantedPage } from './ports.ts';

/** So many words are looked for; nobody remembers more of what was said. */
const mostWords = 12;

export type FoundPage = HistoryPage & {
  /** The words that were looked for; null: none, everything is there. */
  readonly words: readonly string[] | null;
  /** Some of them are not what was written but what looks like it. */
  readonly isSimilar: boolean;
};

/**
 * A page of somebody's transcripts, newest first: of all, or of those in which all words of a query are said. When there
 * are none, each word that they never said is taken for the word of theirs that looks most like it.
 * @param query null, or without a word in it: all
 */
export async function searchHistory(
  history: History,
  userId: UserId,
  { query, ...wanted }: Omit<WantedPage, 'words'> & { readonly query: string | null },
): Promise<FoundPage> {
  const asked = wordsOfQuery(query ?? '').slice(0, mostWords);
  const pageOf = (words: readonly string[] | null) => history.page(userId, { ...wanted, words });
  if (asked.length === 0) return { ...(await pageOf(null)), words: null, isSimilar: false };
  const exact = await pageOf(asked);
  if (exact.entries.length > 0) return { ...exact, words: asked, isSimilar: false };
  const words = await Promise.all(asked.map((word) => wordOrAlike(history, userId, word)));
  if (words.join() === asked.join()) return { ...exact, words: asked, isSimilar: false };
  return { ...(await pageOf(words)), words, isSimilar: true };
}

async function wordOrAlike(history: History, userId: UserId, word: string): Promise<string> {
  const { entries } = await history.page(userId, { words: [word], from: null, limit: 1 });
  return entries.length > 0 ? word : ((await history.alike(userId, word)) ?? word);
}
