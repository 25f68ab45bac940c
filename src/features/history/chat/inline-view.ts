import type { InlineQueryResultArticle } from 'grammy/types';
import type { Reader } from '../../../bot/reader.ts';
import { type DocumentChoice, writerFor } from '../../../domain/document-choice.ts';
import { splitMessage } from '../../../domain/split-message.ts';
import { excerptOf } from '../excerpt.ts';
import type { HistoryEntry } from '../store.ts';
import { factsOf, nameOf } from './view.ts';

/** Length of the text that is sent, in UTF-16 units; a message holds 4,096. */
const sentLength = 4_000;

/**
 * Returns an inline result: the transcript's name, an excerpt around the matching words, and the
 * message that it becomes.
 */
export function resultOf(
  reader: Reader,
  entry: HistoryEntry,
  words: readonly string[],
  documents: DocumentChoice,
): InlineQueryResultArticle {
  const write = writerFor(entry.language, documents);
  const [text = reader.say('history-silent'), ...rest] = splitMessage(write(entry.text), sentLength);
  return {
    type: 'article',
    id: String(entry.id),
    title: nameOf(reader, entry),
    description: `${factsOf(reader, entry)}\n${excerptOf(entry.text, words, write).text}`,
    input_message_content: { message_text: rest.length > 0 ? `${text} …` : text },
  };
}
