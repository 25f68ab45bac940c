import { setTimeout as sleep } from 'node:timers/promises';
import { GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { logError } from '../app/log-error.ts';
import type { Log } from '../app/ports/log.ts';
import type { DabirBot } from './bot.ts';
import type { UpdateIntake } from './intake.ts';
import { UpdateQueue } from './update-queue.ts';

/** Length of one long poll, in seconds; Telegram responds at once when there are updates. */
const pollSeconds = 30;

/**
 * Pause between two polls while an update is being handled, in ms; without it, Telegram would
 * repeat that update immediately.
 */
const whileBusyMs = 500;

/** Time that running updates have to finish at shutdown, in ms; unfinished ones are delivered again. */
const closingMs = 2_000;

/**
 * Fetches updates until the signal aborts. The offset advances only when every update before it counts as handled, so a
 * kill at any moment loses none: Telegram delivers unconfirmed updates again. Updates of one chat are handled in order.
 * One that hangs delays no other chat, up to the hundred updates that Telegram returns at once.
 * @param isDatabaseReachable resolves to false while the database does not answer; updates wait for it
 * then
 * @param intake records each response from Telegram, and each update
 * @throws GrammyError when Telegram refuses the token; all other errors are retried
 */
export async function pollUpdates(
  bot: DabirBot,
  signal: AbortSignal,
  log: Log,
  isDatabaseReachable: () => Promise<boolean>,
  intake: UpdateIntake,
): Promise<void> {
  const handle = intake.watched(bot.handle);
  const updateQueue = new UpdateQueue({ handle, isDatabaseReachable, firstPauseMs: 500, signal, log });
  while (!signal.aborted) {
    const { offset } = updateQueue;
    updateQueue.add(await fetchUpdates(bot, offset, signal, log, intake), offset);
    await updateQueue.waitUntilIdle(whileBusyMs);
  }
  await updateQueue.waitUntilIdle(closingMs);
  // Confirms the handled updates, so that the next start does not receive them again.
  await bot.fetchUpdates(updateQueue.offset, 0, AbortSignal.timeout(closingMs)).catch(() => undefined);
}

async function fetchUpdates(
  bot: DabirBot,
  offset: number,
  signal: AbortSignal,
  log: Log,
  intake: UpdateIntake,
): Promise<readonly Update[]> {
  try {
    const updates = await bot.fetchUpdates(offset, pollSeconds, signal);
    intake.recordResponse();
    return updates;
  } catch (error) {
    if (signal.aborted) return [];
    if (error instanceof GrammyError && error.error_code === 401) throw error;
    const seconds = error instanceof GrammyError ? (error.parameters.retry_after ?? 3) : 3;
    logError(log, 'warn', { seconds }, error, describeTrouble(error));
    await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
    return [];
  }
}

function describeTrouble(error: unknown): string {
  const conflict = error instanceof GrammyError && error.error_code === 409;
  return conflict
    ? 'another program fetches the updates of this bot; only one may (or a webhook is set)'
    : 'fetching updates from Telegram failed';
}
