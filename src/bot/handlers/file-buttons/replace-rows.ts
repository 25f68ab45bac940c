import { type PlainAction, packButton } from '../../../domain/button.ts';
import type { Press } from '../../file-press.ts';

/** Replaces some buttons of the pressed message with others, and keeps the rest. */
export async function replaceRows(
  { ctx, file }: Press,
  old: readonly PlainAction[],
  instead: readonly PlainAction[],
): Promise<void> {
  const carried = (action: PlainAction) => packButton({ action, id: file.id });
  const gone = new Set(old.map(carried));
  const isGone = (button: object) =>
    'callback_data' in button && typeof button.callback_data === 'string' && gone.has(button.callback_data);
  const stay = (ctx.callbackQuery?.message?.reply_markup?.inline_keyboard ?? [])
    .map((row) => row.filter((button) => !isGone(button)))
    .filter((row) => row.length > 0);
  const rows = instead.map((action) => [
    { text: ctx.say(`button-${action}`), callback_data: carried(action) },
  ]);
  await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard: [...stay, ...rows] } });
}
