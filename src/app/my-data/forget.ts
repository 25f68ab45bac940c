import type { UserId } from '../../domain/ids.ts';
import { dispatch } from '../dispatch.ts';
import { inChat } from '../in-chat.ts';
import { DeliveryError, type Replies } from '../ports/answers.ts';
import type { Lanes, Tokens } from '../ports/lanes.ts';
import type { Log } from '../ports/operations.ts';
import type { DataMessages, Forgetting, Forgotten, ForgottenFile } from './ports.ts';

export type ForgetDependencies = {
  forgetting: Forgetting;
  lanes: Lanes;
  tokens: Tokens;
  replies: Replies;
  dataMessages: DataMessages;
  log: Log;
};

/** Files at a time: between two lots others see that somebody is at it. */
const filesAtOnce = 20;
/** Rows beside files at a time: short transactions that hold up nobody. */
const rowsAtOnce = 1_000;
/** A worker that is silent for so long is taken to be dead, in milliseconds; a slow Telegram may take a while. */
const leaseMs = 60_000;

/**
 * Deletes everything of people who have asked for it. A worker that dies leaves the rest to the next: each file's
 * messages are taken back first, then the file goes.
 * @param leaving aborts when this process is to end: another goes on
 */
export async function sweepForgetting(dependencies: ForgetDependencies, leaving: AbortSignal): Promise<void> {
  while (!leaving.aborted) {
    const person = await dependencies.forgetting.take(leaseMs);
    if (person === null) return;
    await forget(dependencies, person, leaving);
  }
}

async function forget(
  dependencies: ForgetDependencies,
  person: Forgotten,
  leaving: AbortSignal,
): Promise<void> {
  const { forgetting, dataMessages, log } = dependencies;
  const { userId } = person;
  let { files } = person;
  for (;;) {
    if (leaving.aborted) return forgetting.keep(userId, 0, 0);
    const lot = await forgetting.files(userId, filesAtOnce);
    for (const file of lot) await forgetFile(dependencies, userId, file);
    await forgetting.keep(userId, lot.length, leaseMs);
    files += lot.length;
    if (lot.length > 0) continue;
    await takeBackPrivate(dependencies, userId);
    const { left, stays } = await forgetting.account(userId, rowsAtOnce);
    if (left) continue;
    await dataMessages.tell(person, { kind: 'forgotten', files, stays }).catch((error: Error) => {
      // What is done is done, whether they can be told or not; only a Telegram that is away is tried again.
      if (!(error instanceof DeliveryError) || error.kind === 'later') throw error;
    });
    await forgetting.done(userId);
    log.info({ user: userId, files }, 'forgotten');
    return;
  }
}

/** Takes back what was said in their private chat about no file: their glossary, their history. */
async function takeBackPrivate(
  { forgetting, replies, log }: ForgetDependencies,
  userId: UserId,
): Promise<void> {
  const messageIds = await forgetting.messages(userId);
  if (messageIds.length === 0) return;
  await replies
    .remove(inChat(0, userId), messageIds)
    .catch((error: Error) => log.warn({ user: userId, cause: error.message }, 'messages left in a chat'));
  await forgetting.messagesGone(userId, messageIds);
}

async function forgetFile(
  dependencies: ForgetDependencies,
  userId: UserId,
  { id, chatId, messageIds }: ForgottenFile,
): Promise<void> {
  const { lanes, replies, log } = dependencies;
  const takeBack = (ids: readonly number[]) =>
    replies
      .remove(inChat(id, chatId), ids)
      .catch((error: Error) =>
        log.warn({ transcription: id, cause: error.message }, 'messages left in a chat'),
      );
  if (messageIds.length > 0) await takeBack(messageIds);
  const result = await lanes.delete(id, userId);
  if (result.outcome === 'unknown') return;
  const since = result.messageIds.filter((messageId) => !messageIds.includes(messageId));
  if (since.length > 0) await takeBack(since);
  await dispatch(dependencies, result.next);
}
