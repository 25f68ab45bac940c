import type { InlineKeyboardButton, MessageEntity } from 'grammy/types';
import type { HistoryEntry } from '../../../app/history/ports.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import { dateTime, duration, isolate } from '../../../texts/format.ts';
import type { Reader } from '../../reader.ts';

/** A message with its buttons. */
export type View = {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly rows: readonly InlineKeyboardButton[][];
};

type Action = 'open' | 'older' | 'newer' | 'files' | 'delete' | 'erase';

/** A button about one transcript. */
export function entryButton(text: string, action: Action, id: TranscriptionId): InlineKeyboardButton {
  return { text, callback_data: `history:${action}:${id}` };
}

/** A button about the list. */
export function listButton(text: string, action: 'list' | 'all' | 'search'): InlineKeyboardButton {
  return { text, callback_data: `history:${action}` };
}

/** What a transcript is called: its file's name, else who sent it, else what it is. */
export function nameOf({ say }: Pick<Reader, 'say'>, { fileName, senderName, kind }: HistoryEntry): string {
  return isolate(shortened(fileName ?? senderName ?? say(`kind-${kind}`)));
}

/** When it was sent and how long it is. */
export function factsOf(
  { texts, languageCode, timeZone }: Reader,
  { sentAt, durationSeconds }: HistoryEntry,
): string {
  return [dateTime(languageCode, sentAt, timeZone), duration(texts, languageCode, durationSeconds)].join(
    ' · ',
  );
}

/** Long enough for any name that somebody gave. */
const longestName = 60;

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= longestName ? name : `${letters.slice(0, longestName - 1).join('')}…`;
}
