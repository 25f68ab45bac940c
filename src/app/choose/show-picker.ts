import type { EngineId } from '../../domain/engine-names.ts';
import { DabirError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import type { StatusView } from '../../domain/status.ts';
import { databaseWaitMs } from '../database-wait.ts';
import type { SentRecord } from '../deliver/sent-record.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Addressee, Lanes } from '../ports/lanes.ts';
import { DeliveryError, type Messenger } from '../ports/messenger.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';

export type ShowPickerDependencies = {
  lanes: Lanes;
  reports: EngineReports;
  messenger: Messenger;
  sent: SentRecord;
};

/**
 * Sends the picker of a new upload: one button for each usable engine, and Cancel. For a user who has blocked the bot
 * the transcription is cancelled. If the database goes away after the message was sent, this process does not send it
 * again.
 * @param missing engines that are not set up, shown to admins
 */
export async function showPicker(
  dependencies: ShowPickerDependencies,
  to: Addressee,
  userId: UserId,
  lastEngine: EngineId | null,
  missing: readonly EngineId[] = [],
): Promise<void> {
  const { lanes, sent } = dependencies;
  const name = `picker of ${to.id}`;
  const messageId = sent.find(name)?.[0] ?? (await sendPicker(dependencies, to, userId, lastEngine, missing));
  // Recorded before the id is stored: if storing fails, the sweep asks for the picker again.
  sent.add(name, [messageId]);
  await retryWhileDatabaseIsAway(() => lanes.setStatusMessage(to.id, messageId), {
    withinMs: databaseWaitMs.picker,
  });
  sent.forget(name);
}

async function sendPicker(
  { lanes, reports, messenger }: ShowPickerDependencies,
  to: Addressee,
  userId: UserId,
  lastEngine: EngineId | null,
  missing: readonly EngineId[],
): Promise<number> {
  const view = await retryWhileDatabaseIsAway(() => buildPickerView(reports, lastEngine, to), {
    withinMs: databaseWaitMs.picker,
  });
  const messageId = await messenger.showStatus(to, { ...view, missing }).catch(async (error) => {
    if (error instanceof DeliveryError && error.kind === 'gone') await lanes.cancel(to.id, userId);
    throw error;
  });
  if (messageId === null) throw new DabirError('internal', 'Telegram reported a new status message as gone');
  return messageId;
}

/**
 * Returns the current picker: the engines that some worker can run, and the user's last choice. In a group the admins
 * decide which engine is used without asking, so the picker there does not offer that.
 */
export async function buildPickerView(
  reports: EngineReports,
  lastEngine: EngineId | null,
  { announcedSeconds: seconds, chatId }: Pick<Addressee, 'announcedSeconds' | 'chatId'>,
): Promise<StatusView & { kind: 'choosing' }> {
  return { kind: 'choosing', engines: await reports.offers(), lastEngine, seconds, offersAlways: chatId > 0 };
}
