import { dispatch } from '../../app/lane/dispatch.ts';
import { inChat } from '../../app/lane/in-chat.ts';
import { forEachTask } from '../../app/leased-tasks.ts';
import { logError } from '../../app/log-error.ts';
import type { DataMessages } from '../../app/ports/data-messages.ts';
import type { Lanes } from '../../app/ports/lanes.ts';
import type { Log } from '../../app/ports/log.ts';
import { DeliveryError, type Messenger } from '../../app/ports/messenger.ts';
import type { Tokens } from '../../app/ports/tokens.ts';
import type { UserId } from '../../domain/ids.ts';
import type { ErasedFile, ErasureJob, Erasures } from './store/erasures.ts';

export type EraseDependencies = {
  erasures: Erasures;
  lanes: Lanes;
  tokens: Tokens;
  messenger: Messenger;
  dataMessages: DataMessages;
  log: Log;
};

/** Number of transcriptions per batch; the lease is renewed between batches. */
const fileBatchSize = 20;
/** Number of other rows per batch: short transactions that do not block others. */
const rowBatchSize = 1_000;
/** Lease of an erasure, in ms; long, because Telegram may be slow. */
const taskLeaseMs = 60_000;

/**
 * Erases everything of the users who asked for it. When a worker dies, the next one continues: for each transcription,
 * the messages are deleted first and then its rows.
 * @param leaving aborts when this process is about to end; another one continues
 */
export async function sweepErasures(dependencies: EraseDependencies, leaving: AbortSignal): Promise<void> {
  await forEachTask(
    () => dependencies.erasures.lease(taskLeaseMs),
    (erasure) => erase(dependencies, erasure, leaving),
    leaving,
  );
}

async function erase(
  dependencies: EraseDependencies,
  erasure: ErasureJob,
  leaving: AbortSignal,
): Promise<void> {
  const { erasures, dataMessages, log } = dependencies;
  const { userId } = erasure;
  let { files } = erasure;
  for (;;) {
    if (leaving.aborted) return erasures.renew(userId, 0, 0);
    const lot = await erasures.listFiles(userId, fileBatchSize);
    for (const file of lot) await eraseFile(dependencies, userId, file);
    await erasures.renew(userId, lot.length, taskLeaseMs);
    files += lot.length;
    if (lot.length > 0) continue;
    await deletePrivateAnswers(dependencies, userId);
    const { left, stays } = await erasures.eraseAccount(userId, rowBatchSize);
    if (left) continue;
    await dataMessages.tell(erasure, { kind: 'erased', files, stays }).catch((error: Error) => {
      // The erasure is done, even if the user cannot be told; only a temporary failure is retried.
      if (!(error instanceof DeliveryError) || error.kind === 'later') throw error;
    });
    await erasures.end(userId);
    log.info({ user: userId, files }, 'data erased');
    return;
  }
}

/** Deletes the bot's messages in the private chat that belong to no transcription: glossary and history. */
async function deletePrivateAnswers(
  { erasures, messenger, log }: EraseDependencies,
  userId: UserId,
): Promise<void> {
  const messageIds = await erasures.listMessages(userId);
  if (messageIds.length === 0) return;
  await messenger
    .remove(inChat(0, userId), messageIds)
    .catch((error) => logError(log, 'warn', { user: userId }, error, 'chat messages not deleted'));
  await erasures.removeMessages(userId, messageIds);
}

async function eraseFile(
  dependencies: EraseDependencies,
  userId: UserId,
  { id, chatId, messageIds }: ErasedFile,
): Promise<void> {
  const { lanes, messenger, log } = dependencies;
  const takeBack = (ids: readonly number[]) =>
    messenger
      .remove(inChat(id, chatId), ids)
      .catch((error) => logError(log, 'warn', { transcription: id }, error, 'chat messages not deleted'));
  if (messageIds.length > 0) await takeBack(messageIds);
  // An answer that was sent since may have a new status message, which holds the text.
  const status = (await lanes.find(id, userId))?.statusMessageId ?? null;
  const result = await lanes.delete(id, userId);
  if (result.outcome === 'unknown') return;
  const all = status === null ? result.messageIds : [...result.messageIds, status];
  const since = all.filter((messageId) => !messageIds.includes(messageId));
  if (since.length > 0) await takeBack(since);
  await dispatch(dependencies, result.next);
}
