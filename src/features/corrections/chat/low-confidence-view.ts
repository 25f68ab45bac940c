import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { EntityText } from '../../../bot/entity-text.ts';
import { clockTime } from '../../../domain/clock-time.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import type { LowConfidenceWord } from '../../../domain/low-confidence.ts';
import { inRows } from '../../../lib/in-rows.ts';

/** Callback data of the list's buttons: a page from 0, or the start of a word in ms. */
export const lowConfidencePress = /^low-confidence:(page|play):([1-9]\d{0,14}):(0|[1-9]\d{0,9})$/;

/** Number of words on a page, with two buttons in a row. */
const wordsPerPage = 8;
const wordsPerRow = 2;
/** Maximum length of a word on a button, in code points. */
const maxLabelLength = 20;

type View = {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly keyboard: InlineKeyboardMarkup;
};

/** Returns the start of a word in ms, which identifies it in callback data. */
export function momentOf({ start }: LowConfidenceWord): number {
  return Math.round(start * 1000);
}

/** Returns a page of low-confidence words, each with its time and the words around it. */
export function renderLowConfidence(
  ctx: BotContext,
  id: TranscriptionId,
  words: readonly LowConfidenceWord[],
  wanted: number,
): View {
  const last = Math.max(0, Math.ceil(words.length / wordsPerPage) - 1);
  const page = Math.min(wanted, last);
  const shown = words.slice(page * wordsPerPage, (page + 1) * wordsPerPage);
  const text = new EntityText().add(ctx.say('low-confidence-title'));
  for (const word of shown) {
    // With Latin digits, Telegram makes the time a link that jumps there in the replied recording.
    text.add(`\n${clockTime(word.start)} `);
    text.add(word.before === '' ? '' : `… ${word.before} `);
    text.add(word.text, 'bold').add(word.after === '' ? '' : ` ${word.after} …`);
  }
  const rows = inRows(renderPlayButtons(id, shown), wordsPerRow);
  const renderPageButton = (to: number, sign: string) =>
    to < 0 || to > last ? [] : [button(sign, `page:${id}:${to}`)];
  const pageButtons = [...renderPageButton(page - 1, '‹'), ...renderPageButton(page + 1, '›')];
  return {
    ...text.message,
    keyboard: { inline_keyboard: [...rows, ...(pageButtons.length > 0 ? [pageButtons] : [])] },
  };
}

/** Returns a button for each word. Where several read alike, each also names its time; those at one moment are one. */
function renderPlayButtons(id: TranscriptionId, words: readonly LowConfidenceWord[]): InlineKeyboardButton[] {
  const labels = new Map(words.map((word) => [momentOf(word), shortened(word.text)]));
  const counts = Map.groupBy(labels.values(), (label) => label);
  return [...labels].map(([moment, label]) => {
    const isAlone = counts.get(label)?.length === 1;
    const name = isAlone ? label : `${label} · ${clockTime(moment / 1000)}`;
    return button(`▶ ${name}`, `play:${id}:${moment}`);
  });
}

function button(text: string, data: string): InlineKeyboardButton {
  return { text, callback_data: `low-confidence:${data}` };
}

function shortened(word: string): string {
  const letters = [...word];
  return letters.length <= maxLabelLength ? word : `${letters.slice(0, maxLabelLength - 1).join('')}…`;
}
