import type { HistoryEntry } from '../../../app/history/ports.ts';
import { isQuoted } from '../../../domain/answer-text.ts';
import { type DocumentChoice, writerFor } from '../../../domain/document-choice.ts';
import { splitMessage } from '../../../domain/split-message.ts';
import { EntityText } from '../../entity-text.ts';
import type { Reader } from '../../reader.ts';
import { entryButton, factsOf, listButton, nameOf, type View } from './view.ts';

/** So much of a text is shown, in UTF-16 units; with its head it fits into one message. */
const shownLength = 3_600;
/** Enough to know whether there is more. */
export const readCharacters = 4_000;

/** One transcript as its answer showed it, and what can be done with it. */
export function entryView(reader: Reader, entry: HistoryEntry, documents: DocumentChoice): View {
  const { say } = reader;
  const written = writerFor(entry.language, documents)(entry.text);
  const [beginning = say('history-silent'), ...rest] = splitMessage(written, shownLength);
  const text = new EntityText()
    .add(nameOf(reader, entry), 'bold')
    .add(`\n${factsOf(reader, entry)}\n\n`)
    .add(beginning, isQuoted(beginning) ? 'expandable_blockquote' : undefined);
  if (rest.length > 0) text.add(`\n\n${say('history-rest')}`);
  return {
    ...text.message,
    rows: [
      [entryButton(say('history-files'), 'files', entry.id)],
      [entryButton(say('history-delete'), 'delete', entry.id)],
      [listButton(say('history-back'), 'list')],
    ],
  };
}

/** The same, asked whether it shall go for good. */
export function deletingView(reader: Reader, entry: HistoryEntry): View {
  const { say } = reader;
  const text = new EntityText()
    .add(nameOf(reader, entry), 'bold')
    .add(`\n${factsOf(reader, entry)}\n\n${say('history-delete-sure')}`);
  return {
    ...text.message,
    rows: [
      [entryButton(say('button-erase'), 'erase', entry.id)],
      [entryButton(say('button-keep'), 'open', entry.id)],
    ],
  };
}
