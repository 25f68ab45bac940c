import { setTimeout as sleep } from 'node:timers/promises';
import { GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import type { Log } from '../app/ports/operations.ts';
import type { DabirBot } from './bot.ts';
import { Inbox } from './inbox.ts';
import type { Intake } from './intake.ts';

/** One long poll, in seconds; Telegram answers at once when there is something. */
const pollSeconds = 30;

/** While an update is under way Telegram repeats it at once; new ones are looked for so often, in milliseconds. */
const whileBusyMs = 500;

/** At the end updates under way get so long, in milliseconds; what is unfinished then is delivered again. */
const closingMs = 2_000;

/**
 * Fetches updates until the signal aborts. The offset moves on only when every update before it counts as handled,
 * so a kill at any moment loses none: Telegram delivers again what was not confirmed. Updates of one chat are
 * handled in their order; one that hangs holds up no other chat, up to the hundred that Telegram hands out at once.
 * @param databaseAnswers false while it does not; updates wait for it then
 * @param intake is told of each answer of Telegram, and of each update
 * @throws GrammyError when Telegram refuses the token; every other trouble is waited out.
 */
export async function poll(
  bot: DabirBot,
  signal: AbortSignal,
  log: Log,
  databaseAnswers: () => Promise<boolean>,
  intake: Intake,
): Promise<void> {
  const handle = intake.watched(bot.handle);
  const inbox = new Inbox({ handle, databaseAnswers, firstPauseMs: 500, signal, log });
  while (!signal.aborted) {
    inbox.take(await fetchUpdates(bot, inbox.offset, signal, log, intake));
    await inbox.idle(whileBusyMs);
  }
  await inbox.idle(closingMs);
  // What is handled must not come again at the next start.
  await bot.fetchUpdates(inbox.offset, 0, AbortSignal.timeout(closingMs)).catch(() => undefined);
}

async function fetchUpdates(
  bot: DabirBot,
  offset: number,
  signal: AbortSignal,
  log: Log,
  intake: Intake,
): Promise<readonly Update[]> {
  try {
    const updates = await bot.fetchUpdates(offset, pollSeconds, signal);
    intake.heard();
    return updates;
  } catch (error) {
    if (signal.aborted) return [];
    if (error instanceof GrammyError && error.error_code === 401) throw error;
    const seconds = error instanceof GrammyError ? (error.parameters.retry_after ?? 3) : 3;
    log.warn({ cause: (error as Error).message, seconds }, describeTrouble(error));
    await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
    return [];
  }
}

function describeTrouble(error: unknown): string {
  const conflict = error instanceof GrammyError && error.error_code === 409;
  return conflict
    ? 'another program fetches the updates of this bot; only one may (or a webhook is set)'
    : 'Telegram could not be asked for updates';
}
