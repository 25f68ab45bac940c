import { Composer } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import type { BundleId } from '../../../domain/bundle.ts';
import { isEngineId } from '../../../domain/engine-names.ts';
import { textLanguage } from '../../../domain/languages.ts';
import type { EngineOffer } from '../../../domain/status.ts';
import { settleAll } from '../../../lib/settle-all.ts';
import { type AcceptBundleDependencies, acceptBundle, chooseForBundle } from '../accept-bundle.ts';
import type { Bundles } from '../store.ts';

/** Callback data of the buttons: `bundle:12:all`, `bundle:12:none`, `bundle:12:on:vira`. */
const offerPress = /^bundle:([1-9]\d{0,14}):(all|none)$/;
const enginePress = /^bundle:([1-9]\d{0,14}):on:(\w+)$/;

/**
 * Makes one document of uploads that arrived together, if the user wants it. The audio feature
 * makes the offer.
 */
export const bundlesFeature: Feature<AcceptBundleDependencies> = {
  install(dependencies) {
    const composer = new Composer<BotContext>();
    composer.callbackQuery(offerPress, async (ctx) => {
      const bundle = Number(ctx.match[1]);
      if (ctx.match[2] === 'none') {
        const declined = await dependencies.bundles.decline(bundle, ctx.from.id);
        await ctx.answerCallbackQuery(ctx.say(declined ? 'bundle-declined' : 'answer-unknown'));
        if (!declined) return;
        await ctx.deleteMessage();
        await dependencies.bundles.settle(bundle);
        return;
      }
      const answer = await acceptBundle(dependencies, bundle, ctx.from.id);
      ctx.confirmUpdate();
      await ctx.answerCallbackQuery(
        ctx.say(answer.outcome === 'unknown' ? 'answer-unknown' : 'bundle-answer'),
      );
      if (answer.outcome === 'accepted') await showAccepted(dependencies.bundles, ctx, bundle);
      if (answer.outcome !== 'choosing') return;
      const reply_markup = engineMenu(ctx, bundle, answer.offers);
      await ctx.editMessageText(ctx.say('bundle-engine'), { reply_markup });
    });
    composer.callbackQuery(enginePress, async (ctx, next) => {
      const [, , engine] = ctx.match;
      const bundle = Number(ctx.match[1]);
      // Callback data can be forged.
      if (!isEngineId(engine)) return next();
      const { outcome, followUp } = await chooseForBundle(dependencies, bundle, ctx.from.id, engine);
      ctx.confirmUpdate();
      const key = { accepted: 'bundle-answer', engine_gone: 'answer-engine-gone', unknown: 'answer-unknown' };
      await settleAll([
        ctx.answerCallbackQuery(ctx.say(key[outcome])),
        ...(outcome === 'accepted' ? [showAccepted(dependencies.bundles, ctx, bundle)] : []),
        followUp(),
      ]);
    });
    return composer;
  },
};

/** Shows in the offer that it was accepted, and keeps it from lapsing. */
async function showAccepted(bundles: Bundles, ctx: BotContext, bundle: BundleId): Promise<void> {
  await ctx.editMessageText(ctx.say('bundle-accepted'));
  await bundles.settle(bundle);
}

/** Returns the buttons that choose one engine for all uploads of a bundle. */
function engineMenu(ctx: BotContext, bundle: BundleId, offers: readonly EngineOffer[]): InlineKeyboardMarkup {
  const language = textLanguage(languageOf(ctx));
  return {
    inline_keyboard: offers.map(({ id, name }) => [
      { text: name[language], callback_data: `bundle:${bundle}:on:${id}` },
    ]),
  };
}
