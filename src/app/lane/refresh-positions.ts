import type { UserId } from '../../domain/ids.ts';
import { logError } from '../log-error.ts';
import type { Lanes, OpenTranscription } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import { showTransientStatus } from './transient-status.ts';

/**
 * Number of waiting transcriptions whose position is updated after a move; those further back follow when they get
 * nearer.
 */
const maxRefreshed = 3;

/**
 * Updates the position in the status messages of a user's first waiting transcriptions, within Telegram's limits. Best
 * effort, never rejects.
 * @param signal stops the updates
 */
export async function refreshPositions(
  { lanes, messenger, log }: { lanes: Lanes; messenger: Messenger; log: Log },
  userId: UserId,
  signal: AbortSignal = AbortSignal.timeout(maxRefreshMs),
): Promise<void> {
  const waiting = async () => (await lanes.listOpen(userId, maxRefreshed + 1)).filter(showsPosition);
  try {
    for (const next of await waiting()) {
      await messenger.waitForRoom(next, signal);
      // The transcription may have started during the wait; a stale position must not overwrite its worker's status.
      const file = (await waiting()).find(({ id }) => id === next.id);
      if (file !== undefined)
        await showTransientStatus({ lanes, messenger, log }, file, { kind: 'waiting', before: file.before });
    }
  } catch (error) {
    if (signal.aborted) return;
    logError(log, 'warn', {}, error, 'positions in the lane not refreshed');
  }
}

/** Maximum time for the updates, in ms; after that the lane has moved again. */
const maxRefreshMs = 20_000;

function showsPosition({ state, statusMessageId }: OpenTranscription): boolean {
  return state === 'PENDING' && statusMessageId !== null;
}
