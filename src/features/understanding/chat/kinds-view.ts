import type { InlineKeyboardButton } from 'grammy/types';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import { packButton } from '../../../domain/button.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import { type OfferedKind, offeredKinds, type UnderstandingOffer } from '../../../domain/understanding.ts';
import { inRows } from '../../../lib/in-rows.ts';
import { isolate, languageName } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import { renderKindLabel } from '../../../texts/understanding-label.ts';
import { builtInTemplates, templateKey } from '../minutes-templates.ts';
import type { OwnTemplate } from '../store/templates.ts';

const [kindsPerRow, languagesPerRow] = [2, 3];

/** The kinds that can be asked for, in the order of their buttons. */
const kinds: readonly OfferedKind[] = offeredKinds;

/** Languages of translations with a button. */
const targets = ['fa', 'en', 'ar', 'ku', 'az', 'tr', 'ur', 'ps', 'ru', 'de', 'fr', 'es'];

/** Returns the buttons of everything that the language model can make of a transcript, in place of the usual ones. */
export function renderKinds(
  ctx: BotContext,
  texts: Texts,
  id: TranscriptionId,
  offer: UnderstandingOffer,
): InlineKeyboardButton[][] {
  const buttons = kinds.map((kind) => ({
    text: renderKindLabel(texts, languageOf(ctx), kind, offer),
    callback_data: packButton({ action: 'understand', id, what: kind }),
  }));
  const fold = { text: ctx.say('button-less'), callback_data: packButton({ action: 'less', id }) };
  return [...inRows(buttons, kindsPerRow), [fold]];
}

/** Returns the buttons of the languages into which a text can be translated. */
export function renderTargetLanguages(ctx: BotContext, id: TranscriptionId): InlineKeyboardButton[][] {
  const buttons = targets.map((choice) => ({
    text: languageName(languageOf(ctx), choice),
    callback_data: packButton({ action: 'understand', id, what: 'translation', choice }),
  }));
  return [...inRows(buttons, languagesPerRow), renderBackRow(ctx, id)];
}

/** Returns the buttons of the templates of minutes: Dabir's own, then those of the user and for everybody. */
export function renderTemplateChoice(
  ctx: BotContext,
  id: TranscriptionId,
  own: readonly OwnTemplate[],
): InlineKeyboardButton[][] {
  const button = (text: string, choice: string) => ({
    text,
    callback_data: packButton({ action: 'understand', id, what: 'minutes', choice }),
  });
  const buttons = [
    ...builtInTemplates.map((name) => button(ctx.say(`minutes-${name}`), name)),
    ...own.map((template) => button(isolate(template.name), templateKey(template.id))),
  ];
  return [...inRows(buttons, kindsPerRow), renderBackRow(ctx, id)];
}

/** Returns the row that leads back to all kinds. */
export function renderBackRow(ctx: BotContext, id: TranscriptionId): InlineKeyboardButton[] {
  return [
    {
      text: ctx.say('settings-back'),
      callback_data: packButton({ action: 'understand', id, what: 'more' }),
    },
  ];
}
