import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Lanes, OpenTranscription } from '../../../app/ports/lanes.ts';
import type { UserId } from '../../../domain/ids.ts';
import { isLink } from '../../../domain/link.ts';
import { inRows } from '../../../lib/in-rows.ts';
import { formatDuration, formatTimeOfDay, isolate } from '../../../texts/format.ts';
import type { Reader } from '../../reader.ts';

/** Maximum number of transcriptions in the list. */
const shownFiles = 10;
const buttonsPerRow = 5;
/** Maximum length of a file's name, in code points. */
const maxNameLength = 40;

/** The open transcriptions of a user that the list shows. */
type QueueFiles = { readonly files: readonly OpenTranscription[]; readonly hasMore: boolean };

/** Reads the open transcriptions of a user, as many as the list shows. */
export async function readQueueFiles(lanes: Pick<Lanes, 'listOpen'>, userId: UserId): Promise<QueueFiles> {
  const files = await lanes.listOpen(userId, shownFiles + 1);
  return { files: files.slice(0, shownFiles), hasMore: files.length > shownFiles };
}

/** Returns the list with its buttons: one to cancel each file by its number, and one for all of them. */
export function renderQueue(
  reader: Reader,
  queue: QueueFiles,
): { text: string; reply_markup: InlineKeyboardMarkup } {
  const { say } = reader;
  const { files } = queue;
  if (files.length === 0) return { text: say('queue-empty'), reply_markup: { inline_keyboard: [] } };
  const cancels = files.map(({ id }, index) => ({
    text: say('queue-button-cancel', { number: index + 1 }),
    callback_data: `queue:cancel:${id}`,
  }));
  const refresh = { text: say('button-refresh'), callback_data: 'queue:refresh' };
  const all = { text: say('queue-button-cancel-all'), callback_data: 'queue:cancel-all' };
  return {
    text: [say('queue-title'), ...renderQueueLines(reader, queue)].join('\n'),
    reply_markup: {
      inline_keyboard: [...inRows(cancels, buttonsPerRow), files.length > 1 ? [all, refresh] : [refresh]],
    },
  };
}

/** Returns a numbered line for each open transcription. */
export function renderQueueLines(reader: Reader, { files, hasMore }: QueueFiles): string[] {
  const { say } = reader;
  const lines = files.map((file, index) =>
    say('queue-line', { number: index + 1, name: nameOf(reader, file), state: stateOf(reader, file) }),
  );
  return hasMore ? [...lines, say('queue-more')] : lines;
}

/** Returns what tells a file apart: its name, or for a voice note its sender, length and time. */
function nameOf({ say, texts, languageCode, timeZone }: Reader, file: OpenTranscription): string {
  const { kind, fileName, senderName, announcedSeconds, sentAt } = file;
  if (fileName !== null) return isolate(shortened(fileName));
  return [
    say(`kind-${isLink(file) ? 'link' : kind}`),
    ...(senderName === null ? [] : [isolate(shortened(senderName))]),
    ...(announcedSeconds === null ? [] : [formatDuration(texts, languageCode, announcedSeconds)]),
    formatTimeOfDay(languageCode, sentAt, timeZone),
  ].join(' · ');
}

function stateOf({ say }: Reader, { state, before }: OpenTranscription): string {
  if (state === 'CHOOSING') return say('queue-choosing');
  if (state === 'PROCESSING') return say('queue-running');
  return say('queue-waiting', { before });
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= maxNameLength ? name : `${letters.slice(0, maxNameLength - 1).join('')}…`;
}
