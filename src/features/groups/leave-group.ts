import { dispatch } from '../../app/lane/dispatch.ts';
import type { Lanes } from '../../app/ports/lanes.ts';
import type { Log } from '../../app/ports/log.ts';
import type { Tokens } from '../../app/ports/tokens.ts';
import type { Upload } from '../../domain/transcription.ts';
import type { Groups } from './store.ts';

export type LeaveGroupDependencies = {
  readonly groups: Groups;
  readonly lanes: Lanes;
  readonly tokens: Tokens;
  readonly log: Log;
};

/** Number of transcriptions cancelled at a time. */
const batchSize = 100;

/**
 * Cancels a group's transcriptions after the bot was removed from it, and switches automatic transcription off in case
 * the bot comes back. The worker of an active one stops it.
 */
export async function leaveGroup(dependencies: LeaveGroupDependencies, chat: Upload['chat']): Promise<void> {
  const { groups, lanes, log } = dependencies;
  await groups.change(chat, { automaticBy: null });
  const files = await groups.listOpen(chat.id, batchSize);
  let cancelled = 0;
  for (const { id, userId } of files) {
    const result = await lanes.cancel(id, userId);
    if (result.outcome !== 'cancelled') continue;
    cancelled += 1;
    await dispatch(dependencies, result.next);
  }
  log.info({ files: files.length }, 'removed from a group');
  // Active transcriptions remain in the list for a moment.
  if (cancelled > 0 && files.length === batchSize) await leaveGroup(dependencies, chat);
}
