import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { isolate } from '../../../texts/format.ts';
import type { CorrectionAnswer } from '../correct-transcript.ts';

/** Callback data of the buttons under a confirmation. */
export const correctPress = /^correct:(undo|forget):([1-9]\d{0,14})$/;

/** Maximum number of corrections that a confirmation lists. */
const maxNamed = 5;

type View = { readonly text: string; readonly keyboard: InlineKeyboardMarkup };

/** Returns the answer to a user's correction. */
export function renderCorrectionAnswer(ctx: BotContext, answer: CorrectionAnswer): View {
  if (answer.kind === 'missing') {
    return plain(ctx.say('correct-missing', { wrong: isolate(answer.wrong) }));
  }
  if (answer.kind !== 'corrected') return plain(ctx.say(`correct-${answer.kind}`));
  const { id, done, learnt } = answer;
  const lines = done.slice(0, maxNamed).map(({ wrong, right, places }) => {
    const words = { wrong: isolate(wrong), right: isolate(right), places };
    return `✓ ${ctx.say('correct-done', words)}`;
  });
  if (done.length > maxNamed) lines.push('…');
  lines.push(ctx.say('correct-renewing'));
  if (learnt !== null) lines.push(ctx.say(learnt ? 'correct-learnt' : 'correct-full'));
  const buttons = [button(ctx, 'undo', id), ...(learnt ? [button(ctx, 'forget', id)] : [])];
  return { text: lines.join('\n'), keyboard: { inline_keyboard: [buttons] } };
}

/** Returns the text of a confirmation after its correction was undone. */
export function renderUndone(ctx: BotContext, text: string): string {
  const corrections = text.split('\n').filter((line) => line.startsWith('✓'));
  return [...corrections.map((line) => `↩${line.slice(1)}`), ctx.say('correct-undone')].join('\n');
}

/** Returns the buttons after the glossary entry was removed. */
export function withoutForget(ctx: BotContext, id: number): InlineKeyboardMarkup {
  return { inline_keyboard: [[button(ctx, 'undo', id)]] };
}

function plain(text: string): View {
  return { text, keyboard: { inline_keyboard: [] } };
}

function button(ctx: BotContext, action: 'undo' | 'forget', id: number): InlineKeyboardButton {
  return { text: ctx.say(`correct-button-${action}`), callback_data: `correct:${action}:${id}` };
}
