import { toDabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { Lanes, Log, Replies } from './ports.ts';

/** So many of the next files are told that they moved up; those further back find out when they get near. */
const toldPerMove = 3;

/** Tells the first waiting files of a person their new place. Best effort, never rejects. */
export async function refreshWaiting(
  { lanes, replies, log }: { lanes: Lanes; replies: Replies; log: Log },
  userId: UserId,
): Promise<void> {
  try {
    const files = await lanes.open(userId, toldPerMove + 1);
    for (const file of files) {
      if (file.state !== 'PENDING' || file.statusMessageId === null) continue;
      await replies.showStatus(file, { kind: 'waiting', before: file.before });
    }
  } catch (error) {
    log.warn({ cause: toDabirError(error).message }, 'places in the queue not refreshed');
  }
}
