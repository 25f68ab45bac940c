import { toDabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import { dispatch } from './dispatch.ts';
import type { Addressee, DeleteResult, Lanes, Log, Replies, Tokens } from './ports.ts';

/**
 * Deletes a file of its person in whatever state it is: what the database knows of it, and our messages with its text
 * and documents. A worker that is at it stops within a heartbeat and removes what it had on disk; the next file moves up.
 * @param committed called with what came of it as soon as it is gone from the database
 */
export async function deleteFile(
  dependencies: { lanes: Lanes; tokens: Tokens; replies: Replies; log: Log },
  to: Addressee,
  userId: UserId,
  committed: (outcome: DeleteResult['outcome']) => void = () => undefined,
): Promise<void> {
  const { lanes, replies, log } = dependencies;
  const result = await lanes.delete(to.id, userId);
  committed(result.outcome);
  if (result.outcome === 'unknown') return;
  await dispatch(dependencies, result.next);
  try {
    await replies.remove(to, result.messageIds);
    await replies.showStatus(to, { kind: 'deleted' });
  } catch (error) {
    log.warn({ transcription: to.id, cause: toDabirError(error).message }, 'deleting not shown');
  }
}
