import type { NextFunction } from 'grammy';
import type { MaybeInaccessibleMessage, User } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { type Button, parseButton } from '../../../domain/button.ts';
import type { Groups } from '../store.ts';
import { isGroupAdmin } from './admins.ts';

/** Actions that the speaker and the admins of a group may take on a transcription that another user asked for. */
const forOthers: ReadonlySet<Button['action'] | undefined> = new Set([
  ...(['more', 'less', 'cancel', 'delete', 'keep', 'erase'] as const),
]);

/**
 * Refuses presses under another user's transcription. Every member sees its buttons, but only the user who asked for it
 * may press them. The member who speaks in it and the admins of the group may cancel or delete it.
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
    forOthers.has(parseButton(ctx.callbackQuery?.data ?? '')?.action) &&
    (isBySpeaker(pressed, ctx.from) || (await isGroupAdmin(ctx, ctx.from.id)))
  ) {
    ctx.actsFor = owner;
    return next();
  }
  await ctx.answerCallbackQuery({ text: ctx.say('groups-not-yours'), show_alert: true });
}

/**
 * Returns true when a message of the bot answers an upload that this user sent, or that was forwarded from this user.
 */
function isBySpeaker(pressed: MaybeInaccessibleMessage, { id }: User): boolean {
  if (!('reply_to_message' in pressed)) return false;
  const upload = pressed.reply_to_message;
  if (upload?.forward_origin === undefined) return upload?.from?.id === id;
  return upload.forward_origin.type === 'user' && upload.forward_origin.sender_user.id === id;
}
