import { EntityText } from '../../../bot/entity-text.ts';
import type { Reader } from '../../../bot/reader.ts';
import { isQuoted } from '../../../domain/answer-text.ts';
import { type DocumentChoice, writerFor } from '../../../domain/document-choice.ts';
import { splitMessage } from '../../../domain/split-message.ts';
import type { HistoryEntry } from '../store.ts';
import { factsOf, type HistoryMessage, nameOf, renderEntryButton, renderListButton } from './view.ts';

/** Length of the text that is shown, in UTF-16 units; it fits into one message with its heading. */
const shownLength = 3_600;
/** Number of characters to read, enough to know whether the text continues. */
export const readCharacters = 4_000;

/** Returns one transcript as its answer showed it, with its buttons. */
export function renderHistoryEntry(
  reader: Reader,
  entry: HistoryEntry,
  documents: DocumentChoice,
): HistoryMessage {
  const { say } = reader;
  const written = writerFor(entry.language, documents)(entry.text);
  const [beginning = say('history-silent'), ...rest] = splitMessage(written, shownLength);
  const text = new EntityText()
    .add(say('history-heading', { name: nameOf(reader, entry) }), 'bold')
    .add(`\n${factsOf(reader, entry)}\n\n`)
    .add(beginning, isQuoted(beginning) ? 'expandable_blockquote' : undefined);
  if (rest.length > 0) text.add(`\n\n${say('history-rest')}`);
  return {
    ...text.message,
    rows: [
      [renderEntryButton(say('history-files'), 'files', entry.id)],
      [renderEntryButton(say('history-delete'), 'delete', entry.id)],
      [renderListButton(say('history-back'), 'list')],
    ],
  };
}

/** Returns the confirmation before a transcript is deleted. */
export function renderDeleting(reader: Reader, entry: HistoryEntry): HistoryMessage {
  const { say } = reader;
  const text = new EntityText()
    .add(say('history-heading', { name: nameOf(reader, entry) }), 'bold')
    .add(`\n${factsOf(reader, entry)}\n\n${say('history-delete-sure')}`);
  return {
    ...text.message,
    rows: [
      [renderEntryButton(say('button-erase'), 'erase', entry.id)],
      [renderEntryButton(say('button-keep'), 'open', entry.id)],
    ],
  };
}
