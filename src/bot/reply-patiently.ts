import { setTimeout as sleep } from 'node:timers/promises';
import { GrammyError } from 'grammy';
import type { BotContext } from './context.ts';

/** Maximum time for which the reply is retried, in ms; a later reply would not help the user. */
const maxRetryMs = 15 * 60_000;

/**
 * Tells a user that an upload was refused. Nothing about it is in the database, so no sweep would send the reply later:
 * after a 429 this function waits and sends it again. The update counts as handled from the start, so a user who floods
 * the bot delays nobody else. Rejects with grammY's errors.
 */
export async function replyPatiently(
  ctx: Pick<BotContext, 'reply' | 'confirmUpdate'>,
  ...[text, other]: Parameters<BotContext['reply']>
): Promise<void> {
  ctx.confirmUpdate();
  const giveUpAt = Date.now() + maxRetryMs;
  for (;;) {
    try {
      await ctx.reply(text, other);
      return;
    } catch (error) {
      if (!(error instanceof GrammyError) || error.error_code !== 429 || Date.now() > giveUpAt) throw error;
      await sleep((error.parameters.retry_after ?? 1) * 1_000);
    }
  }
}
