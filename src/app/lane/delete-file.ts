import type { UserId } from '../../domain/ids.ts';
import { settleAll } from '../../lib/settle-all.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import { logError } from '../log-error.ts';
import type { Addressee, DeleteResult, Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Tokens } from '../ports/tokens.ts';
import { dispatch } from './dispatch.ts';

export type DeleteDependencies = { lanes: Lanes; tokens: Tokens; messenger: Messenger; log: Log };

/**
 * Deletes a user's transcription in any state: its rows in the database, and the bot's messages with its text and
 * documents. A worker that has claimed it stops within a second and removes its files from the disk; the next
 * transcription moves up.
 */
export async function deleteFile(
  dependencies: DeleteDependencies,
  to: Addressee,
  userId: UserId,
): Promise<WithFollowUp<DeleteResult['outcome']>> {
  const { lanes, messenger, log } = dependencies;
  const result = await lanes.delete(to.id, userId);
  if (result.outcome === 'unknown') return withFollowUp('unknown');
  log.info({ transcription: to.id }, 'deleted');
  return withFollowUp(result.outcome, async () => {
    await dispatch(dependencies, result.next);
    try {
      // Both, also when one fails: the status message holds the beginning of the text.
      await settleAll([
        messenger.remove(to, result.messageIds),
        messenger.showStatus(to, { kind: 'deleted', ...(result.renews && { renews: true }) }),
      ]);
    } catch (error) {
      logError(log, 'warn', { transcription: to.id }, error, 'deletion not shown');
    }
  });
}
