import type { EngineId } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { StatusView } from '../domain/status.ts';
import { DeliveryError, type Replies } from './ports/answers.ts';
import type { EngineReports } from './ports/engine-reports.ts';
import type { Addressee, Lanes } from './ports/lanes.ts';
import { retryWhileDatabaseIsAway } from './retry-database.ts';
import type { SentRecord } from './sent-record.ts';

export type ShowPickerDependencies = {
  lanes: Lanes;
  reports: EngineReports;
  replies: Replies;
  sent: SentRecord;
};

/** The sweeper asks after 15 s and must not meet this one still trying, in milliseconds. */
const longestAwayMs = 10_000;

/**
 * Sends the status message of a file that has just come: one button for each usable engine, and Cancel. Whoever has
 * blocked the bot will never choose, which ends the file. A message that was sent while the database went away is not
 * sent again by this process.
 */
export async function showPicker(
  dependencies: ShowPickerDependencies,
  to: Addressee,
  userId: UserId,
  lastEngine: EngineId | null,
): Promise<void> {
  const { lanes, sent } = dependencies;
  const name = `picker of ${to.id}`;
  const messageId = sent.find(name)?.[0] ?? (await sendPicker(dependencies, to, userId, lastEngine));
  // Whoever cannot store it would be asked again by the sweeper.
  sent.add(name, [messageId]);
  await retryWhileDatabaseIsAway(() => lanes.setStatusMessage(to.id, messageId), { withinMs: longestAwayMs });
  sent.forget(name);
}

async function sendPicker(
  { lanes, reports, replies }: ShowPickerDependencies,
  to: Addressee,
  userId: UserId,
  lastEngine: EngineId | null,
): Promise<number> {
  const view = await retryWhileDatabaseIsAway(() => pickerView(reports, lastEngine, to.announcedSeconds), {
    withinMs: longestAwayMs,
  });
  const messageId = await replies.showStatus(to, view).catch(async (error) => {
    if (error instanceof DeliveryError && error.kind === 'gone') await lanes.cancel(to.id, userId);
    throw error;
  });
  if (messageId === null) throw new DabirError('internal', 'a new status message cannot be gone');
  return messageId;
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
