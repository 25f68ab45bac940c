import type { NextFunction } from 'grammy';
import type { User } from 'grammy/types';
import { type Button, parseButton } from '../../../domain/button.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import { runsGroup } from './admins.ts';

/** What the admins of a group may do with anybody's file in it. */
const forAdmins: ReadonlySet<Button['action'] | undefined> = new Set(['cancel', 'delete', 'keep', 'erase']);

/**
 * A press under somebody else's recording: everybody sees its buttons, and only who asked for it may press them. Admins
 * of the group may take it away.
 */
export async function keepOthersOff(
  { groups }: BotDependencies,
  ctx: BotContext & { from: User },
  next: NextFunction,
): Promise<void> {
  const pressed = ctx.callbackQuery?.message;
  if (pressed === undefined) return next();
  const owner = await groups.ownerOf(pressed.chat.id, pressed.message_id);
  if (owner === null || owner === ctx.from.id) return next();
  if (
    forAdmins.has(parseButton(ctx.callbackQuery?.data ?? '')?.action) &&
    (await runsGroup(ctx, ctx.from.id))
  ) {
    ctx.actsFor = owner;
    return next();
  }
  await ctx.answerCallbackQuery({ text: ctx.say('groups-not-yours'), show_alert: true });
}
