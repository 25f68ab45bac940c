import type { InlineKeyboardMarkup } from 'grammy/types';
import type { BundleId } from '../../../app/bundles.ts';
import { textLanguage } from '../../../domain/languages.ts';
import type { EngineOffer } from '../../../domain/status.ts';
import { type BotContext, languageOf } from '../../context.ts';

/** Callback data of the buttons: `join:12:all`, `join:12:none`, `join:12:on:vira`. */
export const joinPress = /^join:([1-9]\d{0,14}):(all|none)$/;
export const joinEnginePress = /^join:([1-9]\d{0,14}):on:(\w+)$/;

/** Returns the buttons of the offer: one document, or one for each upload. */
export function offerMenu(ctx: BotContext, bundle: BundleId): InlineKeyboardMarkup {
  const button = (wish: 'all' | 'none') => ({
    text: ctx.say(`join-button-${wish}`),
    callback_data: `join:${bundle}:${wish}`,
  });
  return { inline_keyboard: [[button('all')], [button('none')]] };
}

/** Returns the buttons that choose one engine for all uploads of a bundle. */
export function engineMenu(
  ctx: BotContext,
  bundle: BundleId,
  offers: readonly EngineOffer[],
): InlineKeyboardMarkup {
  const language = textLanguage(languageOf(ctx));
  return {
    inline_keyboard: offers.map(({ id, name }) => [
      { text: name[language], callback_data: `join:${bundle}:on:${id}` },
    ]),
  };
}
