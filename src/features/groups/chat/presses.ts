import type { NextFunction } from 'grammy';
import type { User } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { type Button, parseButton } from '../../../domain/button.ts';
import type { Groups } from '../store.ts';
import { isGroupAdmin } from './admins.ts';

/** Actions that admins of a group may take on every transcription in it. */
const forAdmins: ReadonlySet<Button['action'] | undefined> = new Set(['cancel', 'delete', 'keep', 'erase']);

/**
 * Refuses presses under another user's transcription. Every member sees its buttons, but only the
 * user who asked for it may press them. Admins of the group may cancel or delete it.
 */
export async function keepOthersOff(
  { groups }: { readonly groups: Groups },
  ctx: BotContext & { from: User },
  next: NextFunction,
): Promise<void> {
  const pressed = ctx.callbackQuery?.message;
  if (pressed === undefined) return next();
  const owner = await groups.ownerOf(pressed.chat.id, pressed.message_id);
  if (owner === null || owner === ctx.from.id) return next();
  if (
    forAdmins.has(parseButton(ctx.callbackQuery?.data ?? '')?.action) &&
    (await isGroupAdmin(ctx, ctx.from.id))
  ) {
    ctx.actsFor = owner;
    return next();
  }
  await ctx.answerCallbackQuery({ text: ctx.say('groups-not-yours'), show_alert: true });
}
