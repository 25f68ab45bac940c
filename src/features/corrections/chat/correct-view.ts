import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { isolate } from '../../../texts/format.ts';
import type { CorrectionOutcome } from '../correct-transcript.ts';

type Action = 'undo' | 'forget' | 'remember' | 'rest';

/** Callback data of the buttons under a confirmation. */
export const correctPress = /^correct:(undo|forget|remember|rest):([1-9]\d{0,14})$/;

/** Maximum number of corrections that a confirmation lists. */
const maxNamed = 5;

type View = { readonly text: string; readonly keyboard: InlineKeyboardMarkup };

/** Returns the answer to a user's correction. */
export function renderCorrectionOutcome(ctx: BotContext, outcome: CorrectionOutcome): View {
  if (outcome.kind === 'missing') {
    return plain(ctx.say('correct-missing', { wrong: isolate(outcome.wrong) }));
  }
  if (outcome.kind !== 'corrected') return plain(ctx.say(`correct-${outcome.kind}`));
  const { id, done, learnt, others, asks } = outcome;
  const lines = done.slice(0, maxNamed).map(({ wrong, right, places }) => {
    const words = { wrong: isolate(wrong), right: isolate(right), places };
    return `✓ ${ctx.say('correct-done', words)}`;
  });
  if (done.length > maxNamed) lines.push('…');
  lines.push(ctx.say('correct-renewing'));
  if (learnt !== null) lines.push(ctx.say(learnt ? 'correct-learnt' : 'correct-full'));
  const button = (action: Action): InlineKeyboardButton => ({
    text: ctx.say(`correct-button-${action}`, { others }),
    callback_data: `correct:${action}:${id}`,
  });
  const spelling = learnt ? [button('forget')] : asks ? [button('remember')] : [];
  const rows = [[button('undo'), ...spelling], others > 0 ? [button('rest')] : []];
  return { text: lines.join('\n'), keyboard: { inline_keyboard: rows.filter((row) => row.length > 0) } };
}

/** Returns the text of a confirmation after its correction was undone. */
export function renderUndone(ctx: BotContext, text: string): string {
  const corrections = text.split('\n').filter((line) => line.startsWith('✓'));
  return [...corrections.map((line) => `↩${line.slice(1)}`), ctx.say('correct-undone')].join('\n');
}

/** Returns the buttons of a confirmation without those that were used. */
export function withoutPressed(
  ctx: BotContext,
  pressed: 'forget' | 'remember' | 'rest',
): InlineKeyboardMarkup {
  const rows = ctx.callbackQuery?.message?.reply_markup?.inline_keyboard ?? [];
  const isUsed = (button: InlineKeyboardButton) =>
    'callback_data' in button && button.callback_data.startsWith(`correct:${pressed}:`);
  const inline_keyboard = rows
    .map((row) => row.filter((button) => !isUsed(button)))
    .filter((row) => row.length > 0);
  return { inline_keyboard };
}

function plain(text: string): View {
  return { text, keyboard: { inline_keyboard: [] } };
}
