import type { InlineKeyboardMarkup } from 'grammy/types';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import { packButton } from '../../../domain/button.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import { type OfferedKind, type UnderstandingOffer } from '../../../domain/understanding.ts';
import { inRows } from '../../../lib/in-rows.ts';
import type { Texts } from '../../../texts/texts.ts';
import { renderKindLabel } from '../../../texts/understanding-label.ts';

const kindsPerRow = 2;

/** The kinds that can be asked for, in the order of their buttons. */
const kinds: readonly OfferedKind[] = ['summary'];

/** Returns the buttons of everything that the language model can make of a transcript, in place of the usual ones. */
export function renderKinds(
  ctx: BotContext,
  texts: Texts,
  id: TranscriptionId,
  offer: UnderstandingOffer,
): InlineKeyboardMarkup {
  const buttons = kinds.map((kind) => ({
    text: renderKindLabel(texts, languageOf(ctx), kind, offer),
    callback_data: packButton({ action: 'understand', id, what: kind }),
  }));
  const back = { text: ctx.say('button-less'), callback_data: packButton({ action: 'less', id }) };
  return { inline_keyboard: [...inRows(buttons, kindsPerRow), [back]] };
}
