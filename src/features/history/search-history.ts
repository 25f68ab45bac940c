import type { UserId } from '../../domain/ids.ts';
import { wordsOfQuery } from './search-words.ts';
import type { History, HistoryPage, WantedPage } from './store.ts';

/** Maximum number of words in a search; users remember no more of what was said. */
const maxQueryWords = 12;

export type FoundPage = HistoryPage & {
  /** Words that were searched for; null: all transcripts are listed. */
  readonly words: readonly string[] | null;
  /** True when some of the words are not the query's own but similar ones. */
  readonly isSimilar: boolean;
};

/**
 * Returns a page of a user's transcripts, newest first: all of them, or those that contain all words of a query.
 * Without a match, each word that the user's transcripts do not contain is replaced by the most similar one that they
 * contain.
 * @param query null, or a text without a word: all transcripts
 */
export async function searchHistory(
  history: History,
  userId: UserId,
  { query, ...wanted }: Omit<WantedPage, 'words'> & { readonly query: string | null },
): Promise<FoundPage> {
  const asked = wordsOfQuery(query ?? '').slice(0, maxQueryWords);
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
