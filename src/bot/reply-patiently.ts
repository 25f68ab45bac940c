import { setTimeout as sleep } from 'node:timers/promises';
import { GrammyError } from 'grammy';
import type { BotContext } from './context.ts';

/** After so long nobody wonders any more what became of their file, in milliseconds. */
const longestMs = 15 * 60_000;

/**
 * Tells somebody that what they sent was not taken. Nothing of it is in the database, so that no sweeper would tell them
 * later: while Telegram finds the bot too fast (429), this waits and says it again. The update counts as handled before:
 * a person who floods the bot holds up nobody else's updates. Rejects with grammY's errors.
 */
export async function replyPatiently(
  ctx: Pick<BotContext, 'reply' | 'committed'>,
  ...[text, other]: Parameters<BotContext['reply']>
): Promise<void> {
  ctx.committed();
  const giveUpAt = Date.now() + longestMs;
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
