import type { UserId } from '../domain/ids.ts';
import { dispatch } from './dispatch.ts';
import { logError } from './log-error.ts';
import type { Replies } from './ports/answers.ts';
import type { Addressee, DeleteResult, Lanes, Tokens } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';

/**
 * Deletes a user's transcription in any state: its rows in the database, and the bot's messages with its text and
 * documents. A worker that has claimed it stops within a second and removes its files from the disk; the next
 * transcription moves up.
 * @param committed called with the outcome as soon as the transcription is deleted from the database
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
  log.info({ transcription: to.id }, 'deleted');
  await dispatch(dependencies, result.next);
  try {
    await replies.remove(to, result.messageIds);
    await replies.showStatus(to, { kind: 'deleted' });
  } catch (error) {
    logError(log, 'warn', { transcription: to.id }, error, 'deletion not shown');
  }
}
