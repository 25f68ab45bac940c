import { EntityText } from '../../../bot/entity-text.ts';
import type { Reader } from '../../../bot/reader.ts';
import { type DocumentChoice, writerFor } from '../../../domain/document-choice.ts';
import { isolate } from '../../../texts/format.ts';
import { excerptOf } from '../excerpt.ts';
import type { FoundPage } from '../search-history.ts';
import type { PageEdge } from '../store.ts';
import { factsOf, type HistoryMessage, nameOf, renderEntryButton, renderListButton } from './view.ts';

/** A page of transcripts, with the search and the edge that led to it. */
export type Listed = {
  readonly page: FoundPage;
  readonly query: string | null;
  readonly from: PageEdge | null;
  /** The user's choices for documents, which include the spelling of Persian. */
  readonly documents: DocumentChoice;
};

/** Returns a page of transcripts: the name, facts and a few words of each; matching words are bold. */
export function renderHistoryList(reader: Reader, { page, query, from, documents }: Listed): HistoryMessage {
  const { say } = reader;
  const { entries, words } = page;
  const text = new EntityText().add(titleOf(reader, page, query));
  for (const [index, entry] of entries.entries()) {
    const excerpt = excerptOf(entry.text, words ?? [], writerFor(entry.language, documents));
    text
      .add('\n\n')
      .add(say('history-name', { number: index + 1, name: nameOf(reader, entry) }), 'bold')
      .add(`\n${factsOf(reader, entry)}\n`)
      .addMarked(excerpt.text, excerpt.marks);
  }
  if (page.isIncomplete) text.add(`\n\n${say('history-incomplete')}`);
  const first = entries[0];
  const last = entries.at(-1);
  const hasNewer = from !== null && (from.direction === 'older' || page.more);
  const hasOlder = from?.direction === 'newer' || page.more;
  const pageButtons = [
    ...(hasNewer && first ? [renderEntryButton(say('history-newer'), 'newer', first.id)] : []),
    ...(hasOlder && last ? [renderEntryButton(say('history-older'), 'older', last.id)] : []),
  ];
  const numbers = entries.map(({ id }, index) =>
    renderEntryButton(say('history-number', { number: index + 1 }), 'open', id),
  );
  const searching = [
    renderListButton(say('history-search'), 'search'),
    ...(query === null ? [] : [renderListButton(say('history-all'), 'all')]),
  ];
  const rows = [numbers, pageButtons, searching].filter((row) => row.length > 0);
  return { ...text.message, rows };
}

function titleOf({ say }: Reader, { entries, words, isSimilar }: FoundPage, query: string | null): string {
  const sought = isolate(query ?? '');
  if (entries.length === 0) return say(words === null ? 'history-empty' : 'history-none', { query: sought });
  if (words === null) return say('history-title');
  if (isSimilar) return say('history-similar', { query: sought, words: isolate(words.join(' ')) });
  return say('history-found', { query: sought });
}
