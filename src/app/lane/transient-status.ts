import { setTimeout as sleep } from 'node:timers/promises';
import { inPlace, type StatusView } from '../../domain/status.ts';
import { databaseWaitMs } from '../database-wait.ts';
import { logError } from '../log-error.ts';
import type { Addressee, Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';

export type TransientStatusDependencies = {
  lanes: Pick<Lanes, 'findEnding'>;
  messenger: Messenger;
  log: Log;
};

/**
 * Shows a status that holds only until a worker runs the job: a position, a retry, or how far an engine's set-up is.
 * The edit may wait for Telegram while the job is run; an ending that it then covers is shown again. Does nothing
 * without a status message.
 * @throws DeliveryError when the status is not shown
 */
export async function showTransientStatus(
  dependencies: TransientStatusDependencies,
  to: Addressee,
  view: StatusView,
): Promise<void> {
  // Without a status message, showStatus would send a new one that nothing deletes.
  if (to.statusMessageId === null) return;
  try {
    await dependencies.messenger.showStatus(to, view);
  } finally {
    // Also after a failure: Telegram may carry out an edit whose response is lost.
    showEndingAgain(dependencies, to);
  }
}

/**
 * Shows, in the background, the ending of a transcription that has ended or was deleted, for a process whose own edit
 * may have covered it. Does nothing for an open transcription: its ending comes after this edit.
 */
export function showEndingAgain(dependencies: TransientStatusDependencies, to: Addressee): void {
  // Not awaited: the next update of the user must not wait for it.
  void showWhenEnded(dependencies, to).catch((error) =>
    logError(dependencies.log, 'warn', { transcription: to.id }, error, 'ending not shown again'),
  );
}

/** Pause before another check for an ending that is not recorded as shown yet, in ms. */
const pollIntervalMs = 500;

/** Number of such checks. An ending that is shown later than that covers this process's edit by itself. */
const maxChecks = 20;

async function showWhenEnded(
  { lanes, messenger }: TransientStatusDependencies,
  to: Addressee,
): Promise<void> {
  // This process has edited no message that could cover the ending.
  if (to.statusMessageId === null) return;
  for (let check = 0; check < maxChecks; check += 1) {
    const ending = await retryWhileDatabaseIsAway(() => lanes.findEnding(to.id), {
      withinMs: databaseWaitMs.ending,
    });
    // The message of a file that others followed within seconds is their burst's now.
    if (ending === null || (ending.messageId !== undefined && ending.messageId !== to.statusMessageId))
      return;
    if (ending.isShown) {
      // Only edits: an end that was announced by a new message is there already.
      // A new message would be stored nowhere, and a deletion could not remove it.
      await messenger.showStatus(to, inPlace(ending.view), 'edit');
      return;
    }
    // Perhaps Telegram has it already, and only the mark is missing.
    await sleep(pollIntervalMs, undefined, { ref: false });
  }
}
