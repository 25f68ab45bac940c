import type { InlineQueryResultArticle } from 'grammy/types';
import type { HistoryEntry } from '../../../app/history/ports.ts';
import { type DocumentChoice, writerFor } from '../../../domain/document-choice.ts';
import { excerptOf } from '../../../domain/excerpt.ts';
import { splitMessage } from '../../../domain/split-message.ts';
import type { Reader } from '../../reader.ts';
import { factsOf, nameOf } from '../history/view.ts';

/** So much of a transcript is sent, in UTF-16 units; a message holds little more. */
const sentLength = 4_000;

/** A transcript to choose: what it is called, the words around what was looked for, and the message that it becomes. */
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
