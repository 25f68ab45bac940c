import { setTimeout as sleep } from 'node:timers/promises';
import { GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import type { Log } from '../app/ports.ts';
import type { DabirBot } from './bot.ts';

const allowedUpdates = ['message', 'callback_query'] as const;

/** One long poll, in seconds; Telegram answers at once when there is something. */
const pollSeconds = 30;

/** An update that fails so often is let go: it would hold up everybody else's for ever. */
const mostAttempts = 5;

/**
 * Fetches updates until the signal aborts. The offset moves on only when every update before it counts as handled,
 * so a kill at any moment loses none: Telegram delivers again what was not confirmed. Updates of one chat are
 * handled in their order, different chats at the same time.
 * @throws GrammyError when Telegram refuses the token; every other trouble is waited out.
 */
export async function poll(bot: DabirBot, signal: AbortSignal, log: Log): Promise<void> {
  let offset = 0;
  const attempts = new Map<number, number>();
  while (!signal.aborted) {
    const updates = await fetchUpdates(bot, offset, signal, log);
    const failed = await handleAll(bot, updates);
    for (const { update_id } of updates) {
      if (!failed.has(update_id)) {
        attempts.delete(update_id);
        offset = Math.max(offset, update_id + 1);
        continue;
      }
      const tried = (attempts.get(update_id) ?? 0) + 1;
      attempts.set(update_id, tried);
      if (tried < mostAttempts) {
        await pause(tried * 500, signal);
        break;
      }
      log.error({ update: update_id, tried }, 'update given up');
      attempts.delete(update_id);
      offset = Math.max(offset, update_id + 1);
    }
  }
}

async function fetchUpdates(bot: DabirBot, offset: number, signal: AbortSignal, log: Log): Promise<Update[]> {
  try {
    return await bot.grammy.api.getUpdates(
      { offset, timeout: pollSeconds, allowed_updates: allowedUpdates },
      signal as Parameters<typeof bot.grammy.api.getUpdates>[1],
    );
  } catch (error) {
    if (signal.aborted) return [];
    if (error instanceof GrammyError && error.error_code === 401) throw error;
    const seconds = error instanceof GrammyError ? (error.parameters.retry_after ?? 3) : 3;
    log.warn({ cause: (error as Error).message, seconds }, describeTrouble(error));
    await pause(seconds * 1000, signal);
    return [];
  }
}

function describeTrouble(error: unknown): string {
  const conflict = error instanceof GrammyError && error.error_code === 409;
  return conflict
    ? 'another program fetches the updates of this bot; only one may (or a webhook is set)'
    : 'Telegram could not be asked for updates';
}

async function handleAll(bot: DabirBot, updates: readonly Update[]): Promise<Set<number>> {
  const failed = new Set<number>();
  const chats = Map.groupBy(updates, (update) => chatOf(update));
  await Promise.all(
    [...chats.values()].map(async (ofOneChat) => {
      for (const update of ofOneChat) {
        // After a failure the rest of the chat waits for it: order of arrival is a promise.
        const fine = failed.size === 0 || !ofOneChat.some(({ update_id }) => failed.has(update_id));
        if (!fine) failed.add(update.update_id);
        else await bot.handle(update).catch(() => failed.add(update.update_id));
      }
    }),
  );
  return failed;
}

function chatOf({ message, callback_query, update_id }: Update): number {
  return message?.chat.id ?? callback_query?.message?.chat.id ?? callback_query?.from.id ?? update_id;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
