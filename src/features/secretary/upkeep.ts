import { logError } from '../../app/log-error.ts';
import type { Log } from '../../app/ports/log.ts';
import { DeliveryError, type Messenger } from '../../app/ports/messenger.ts';
import { isolate } from '../../texts/format.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Notes } from './store/notes.ts';

export type UpkeepDependencies = {
  readonly notes: Notes;
  readonly messenger: Pick<Messenger, 'sendText'>;
  readonly texts: Texts;
  readonly log: Log;
};

const batchSize = 20;

/** Number of rows deleted at a time: short transactions that do not block others. */
const pruneBatchSize = 100;

/** Reminds users of notes that they wanted to come back to. A reminder that cannot be sent now is due again. */
export async function sendReminders({ notes, messenger, texts, log }: UpkeepDependencies): Promise<void> {
  for (const { id, chatId, statusMessageId, languageCode, peerName } of await notes.leaseReminders(
    batchSize,
  )) {
    const to = {
      ...{ id, chatId, messageId: statusMessageId ?? 0, threadId: null, statusMessageId: null },
      ...{ languageCode, announcedSeconds: null, engine: null },
    };
    const text = texts(languageCode, 'secretary-reminder', { name: isolate(peerName) });
    try {
      await messenger.sendText(to, { text, isQuote: false }, true);
    } catch (thrown) {
      logError(log, 'warn', { transcription: id }, thrown, 'reminder not sent');
      if (!(thrown instanceof DeliveryError) || thrown.kind === 'later') continue;
    }
    await notes.endReminder(id);
  }
}

/** Deletes notes whose time is over. */
export async function pruneNotes({ notes, log }: Pick<UpkeepDependencies, 'notes' | 'log'>): Promise<void> {
  for (let total = 0; ; ) {
    const pruned = await notes.prune(pruneBatchSize);
    total += pruned;
    if (pruned < pruneBatchSize) {
      if (total > 0) log.info({ rows: total }, 'expired notes, peers and connections deleted');
      return;
    }
  }
}
