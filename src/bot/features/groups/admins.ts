import { GrammyError } from 'grammy';
import type { Message } from 'grammy/types';
import type { BotContext } from '../../context.ts';

/** Whether somebody runs the group of this update; Telegram knows. */
export async function runsGroup(ctx: BotContext, userId: number): Promise<boolean> {
  if (ctx.chat === undefined) return false;
  try {
    const { status } = await ctx.api.getChatMember(ctx.chat.id, userId);
    return status === 'creator' || status === 'administrator';
  } catch (error) {
    // Telegram knows no such person there, or the bot is out: whoever it is, they run nothing.
    if (error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403)) return false;
    throw error;
  }
}

/** Whether a message is by somebody who runs the group, also by one who hides behind it. */
export async function isByAdmin(ctx: BotContext, { from, sender_chat, chat }: Message): Promise<boolean> {
  if (sender_chat !== undefined) return sender_chat.id === chat.id;
  return from !== undefined && runsGroup(ctx, from.id);
}

/** Whether Telegram shows the bot everything that is said there, and not only what is said to it. */
export async function seesEverything(ctx: BotContext): Promise<boolean> {
  return ctx.me.can_read_all_group_messages || runsGroup(ctx, ctx.me.id);
}
