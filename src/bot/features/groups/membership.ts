import type { ChatMemberUpdated } from 'grammy/types';
import { leaveGroup } from '../../../app/groups/leave-group.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import { chatOf } from '../../upload.ts';

/** Handles the bot's arrival in a group, where it introduces itself, and its removal. */
export async function noticeMembership(
  dependencies: BotDependencies,
  ctx: BotContext,
  { chat, old_chat_member: before, new_chat_member: now }: ChatMemberUpdated,
): Promise<void> {
  if (chat.type === 'private' || chat.type === 'channel' || isIn(before) === isIn(now)) return;
  if (isIn(now)) await ctx.reply(ctx.say('groups-hello'));
  else await leaveGroup(dependencies, chatOf(chat));
}

function isIn(member: ChatMemberUpdated['new_chat_member']): boolean {
  if (member.status === 'restricted') return member.is_member;
  return member.status !== 'left' && member.status !== 'kicked';
}
