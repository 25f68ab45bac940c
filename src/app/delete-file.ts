import { toDabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import { dispatch } from './dispatch.ts';
import type { Replies } from './ports/answers.ts';
import type { Addressee, DeleteResult, Lanes, Tokens } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';

export type DeleteDependencies = { lanes: Lanes; tokens: Tokens; replies: Replies; log: Log };

/**
 * Deletes a user's transcription in any state: its rows in the database, and the bot's messages with its text and
 * documents. A worker that has claimed it stops within a second and removes its files from the disk; the next
 * transcription moves up.
 * @returns the outcome as soon as the transcription is deleted from the database; `show` starts the next one and
 * deletes the messages
 */
export async function deleteFile(
  dependencies: DeleteDependencies,
  to: Addressee,
  userId: UserId,
): Promise<{ readonly outcome: DeleteResult['outcome']; show(): Promise<void> }> {
  const { lanes, replies, log } = dependencies;
  const result = await lanes.delete(to.id, userId);
  const { outcome } = result;
  if (outcome === 'unknown') return { outcome, show: async () => undefined };
  log.info({ transcription: to.id }, 'deleted');
  return {
    outcome,
    async show() {
      await dispatch(dependencies, result.next);
      try {
        await replies.remove(to, result.messageIds);
        await replies.showStatus(to, { kind: 'deleted' });
      } catch (error) {
        log.warn({ transcription: to.id, cause: toDabirError(error).message }, 'deletion not shown');
      }
    },
  };
}
