import type { InlineKeyboardButton } from 'grammy/types';
import { packButton } from '../../../domain/button.ts';
import type { PressHandler } from '../../file-press.ts';

type Thumb = 'good' | 'bad';

/**
 * Stores the user's rating of a transcript and marks its button; a press on the other button
 * changes it.
 */
export const giveThumb: PressHandler<Thumb> = async (
  { feedback },
  { ctx, file: { id }, answer, confirm },
  { action: thumb },
) => {
  if (!(await feedback.give(id, ctx.from.id, thumb === 'good'))) return answer('answer-unknown');
  confirm('answer-thanks');
  const label = (of: Thumb) => ctx.say(of === thumb ? `button-${of}-chosen` : `button-${of}`);
  const labels = new Map((['good', 'bad'] as const).map((of) => [packButton({ action: of, id }), label(of)]));
  let changed = false;
  const relabelled = (button: InlineKeyboardButton) => {
    const text = 'callback_data' in button ? labels.get(button.callback_data) : undefined;
    if (text === undefined || text === button.text) return button;
    changed = true;
    return { ...button, text };
  };
  const rows = ctx.callbackQuery?.message?.reply_markup?.inline_keyboard ?? [];
  const inline_keyboard = rows.map((row) => row.map(relabelled));
  // Telegram refuses an edit that changes nothing.
  if (changed) await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard } });
};
