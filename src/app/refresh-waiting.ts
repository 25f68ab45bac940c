import { toDabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { Replies } from './ports/answers.ts';
import type { Lanes, OpenFile } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';

/** So many of the next files are told that they moved up; those further back find out when they get near. */
const toldPerMove = 3;

/**
 * Tells the first waiting files of a person their new place, where Telegram's limits leave room for it. Best effort, never
 * rejects.
 * @param signal ends it
 */
export async function refreshWaiting(
  { lanes, replies, log }: { lanes: Lanes; replies: Replies; log: Log },
  userId: UserId,
  signal: AbortSignal = AbortSignal.timeout(longestMs),
): Promise<void> {
  const waiting = async () => (await lanes.open(userId, toldPerMove + 1)).filter(isToBeTold);
  try {
    for (const { id, ...to } of await waiting()) {
      await replies.whenSpare({ id, ...to }, signal);
      // It may have moved on while this waited: nothing stale is shown over what its worker says.
      const file = (await waiting()).find((one) => one.id === id);
      if (file !== undefined) await replies.showStatus(file, { kind: 'waiting', before: file.before });
    }
  } catch (error) {
    if (signal.aborted) return;
    log.warn({ cause: toDabirError(error).message }, 'places in the queue not refreshed');
  }
}

/** Later the lane has moved again, in milliseconds. */
const longestMs = 20_000;

function isToBeTold({ state, statusMessageId }: OpenFile): boolean {
  return state === 'PENDING' && statusMessageId !== null;
}
