import type { InlineKeyboardButton, MessageEntity } from 'grammy/types';
import type { Reader } from '../../../bot/reader.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import { formatDateTime, formatLength, isolate } from '../../../texts/format.ts';
import type { HistoryEntry } from '../store.ts';

/** A message with its buttons. */
export type HistoryMessage = {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly rows: readonly InlineKeyboardButton[][];
};

type Action = 'open' | 'older' | 'newer' | 'files' | 'delete' | 'erase';

/** Returns a button about one transcript. */
export function renderEntryButton(text: string, action: Action, id: TranscriptionId): InlineKeyboardButton {
  return { text, callback_data: `history:${action}:${id}` };
}

/** Returns a button about the list. */
export function renderListButton(text: string, action: 'list' | 'all' | 'search'): InlineKeyboardButton {
  return { text, callback_data: `history:${action}` };
}

/** Returns a transcript's name: its file's name, or else its sender, or else its kind. */
export function nameOf({ say }: Pick<Reader, 'say'>, { fileName, senderName, kind }: HistoryEntry): string {
  return isolate(shortened(fileName ?? senderName ?? say(`kind-${kind}`)));
}

/** Returns the time at which a transcript's upload was sent, and its duration. */
export function factsOf(
  { texts, languageCode, timeZone }: Reader,
  { sentAt, durationSeconds }: HistoryEntry,
): string {
  return [
    formatDateTime(languageCode, sentAt, timeZone),
    formatLength(texts, languageCode, durationSeconds),
  ].join(' · ');
}

/** Maximum length of a shown name, in code points. */
const maxNameLength = 60;

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= maxNameLength ? name : `${letters.slice(0, maxNameLength - 1).join('')}…`;
}
