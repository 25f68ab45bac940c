import { toDabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { Transcription } from '../domain/transcription.ts';
import { dispatch } from './dispatch.ts';
import type { Replies } from './ports/answers.ts';
import type { Addressee, DeleteResult, Lanes, Tokens } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';

/**
 * Deletes a file of its person in whatever state it is: what the database knows of it, and our messages with its text
 * and documents. A worker that is at it stops within a second and removes what it had on disk; the next file moves up.
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
  log.info({ transcription: to.id }, 'deleted');
  await dispatch(dependencies, result.next);
  try {
    await replies.remove(to, result.messageIds);
    await replies.showStatus(to, { kind: 'deleted' });
  } catch (error) {
    log.warn({ transcription: to.id, cause: toDabirError(error).message }, 'deleting not shown');
  }
}

/**
 * For a worker that has lost its file: when that is because the file was deleted, an edit of the worker's that came
 * after "deleted" must not be the last word. Best effort.
 */
export async function showIfDeleted(
  { lanes, replies, log }: { lanes: Lanes; replies: Replies; log: Log },
  file: Transcription,
): Promise<void> {
  try {
    if ((await lanes.find(file.id, file.userId)) !== null) return;
    await replies.showStatus(file, { kind: 'deleted' });
  } catch (error) {
    log.warn({ transcription: file.id, cause: toDabirError(error).message }, 'deleting not shown');
  }
}
