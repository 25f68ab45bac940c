import type { EngineId } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { StatusView } from '../domain/status.ts';
import { DeliveryError, type Replies } from './ports/answers.ts';
import type { EngineReports } from './ports/engine-reports.ts';
import type { Addressee, Lanes } from './ports/lanes.ts';

export type ShowPickerDependencies = { lanes: Lanes; reports: EngineReports; replies: Replies };

/**
 * Sends the status message of a file that has just come: one button for each usable engine, and Cancel. Whoever has
 * blocked the bot will never choose, which ends the file.
 */
export async function showPicker(
  { lanes, reports, replies }: ShowPickerDependencies,
  to: Addressee,
  userId: UserId,
  lastEngine: EngineId | null,
): Promise<void> {
  const view = await pickerView(reports, lastEngine, to.announcedSeconds);
  const messageId = await replies.showStatus(to, view).catch(async (error) => {
    if (error instanceof DeliveryError && error.kind === 'gone') await lanes.cancel(to.id, userId);
    throw error;
  });
  if (messageId === null) throw new DabirError('internal', 'a new status message cannot be gone');
  await lanes.setStatusMessage(to.id, messageId);
}

/**
 * What the picker shows now: the engines that some worker can run, the person's last choice first.
 * @param seconds of the file, as announced
 */
export async function pickerView(
  reports: EngineReports,
  lastEngine: EngineId | null,
  seconds: number | null,
): Promise<StatusView & { kind: 'choosing' }> {
  return { kind: 'choosing', engines: await reports.offers(), lastEngine, seconds };
}
