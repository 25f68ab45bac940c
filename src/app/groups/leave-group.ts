import type { Upload } from '../../domain/transcription.ts';
import { dispatch } from '../dispatch.ts';
import type { Lanes, Tokens } from '../ports/lanes.ts';
import type { Log } from '../ports/operations.ts';
import type { Groups } from './ports.ts';

/** So many files are let go at a time. */
const atOnce = 100;

/**
 * The bot has been taken out of a group: nobody waits for its files there any more, and should it come back it is quiet
 * again. A file that is running is stopped by its worker.
 */
export async function leaveGroup(
  dependencies: { groups: Groups; lanes: Lanes; tokens: Tokens; log: Log },
  chat: Upload['chat'],
): Promise<void> {
  const { groups, lanes, log } = dependencies;
  await groups.change(chat, { automaticBy: null });
  const files = await groups.open(chat.id, atOnce);
  let cancelled = 0;
  for (const { id, userId } of files) {
    const result = await lanes.cancel(id, userId);
    if (result.outcome !== 'cancelled') continue;
    cancelled += 1;
    await dispatch(dependencies, result.next);
  }
  log.info({ files: files.length }, 'left a group');
  // Those that run are still there for a moment.
  if (cancelled > 0 && files.length === atOnce) await leaveGroup(dependencies, chat);
}
