import { GrammyError } from 'grammy';
import type { Message } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';

/** Asks Telegram whether a user is an admin of the update's group. */
export async function isGroupAdmin(ctx: BotContext, userId: number): Promise<boolean> {
  if (ctx.chat === undefined) return false;
  try {
    const { status } = await ctx.api.getChatMember(ctx.chat.id, userId);
    return status === 'creator' || status === 'administrator';
  } catch (error) {
    // Telegram knows no such user there, or the bot is not in the group: not an admin in either case.
    if (error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403)) return false;
    throw error;
  }
}

/**
 * Returns true for a message by an admin of the group, even one who writes anonymously under the
 * group's name.
 */
export async function isByAdmin(ctx: BotContext, { from, sender_chat, chat }: Message): Promise<boolean> {
  if (sender_chat !== undefined) return sender_chat.id === chat.id;
  return from !== undefined && isGroupAdmin(ctx, from.id);
}

/** Returns true when the bot receives every message of the group, and not only those addressed to it. */
export async function canSeeEverything(ctx: BotContext): Promise<boolean> {
  return ctx.me.can_read_all_group_messages || isGroupAdmin(ctx, ctx.me.id);
}
