import { Composer } from 'grammy';
import { bundleUploads, joinOn } from '../../../app/bundle-uploads.ts';
import type { BundleId } from '../../../app/bundles.ts';
import { isEngineId } from '../../../domain/engine-names.ts';
import { settleAll } from '../../../lib/settle-all.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { engineMenu, joinEnginePress, joinPress } from './view.ts';

/**
 * Makes one document of uploads that arrived together, if the user wants it. The audio feature
 * makes the offer.
 */
export const joinFeature: Feature = {
  install(dependencies) {
    const composer = new Composer<BotContext>();
    composer.callbackQuery(joinPress, async (ctx) => {
      const bundle = Number(ctx.match[1]);
      if (ctx.match[2] === 'none') {
        const declined = await dependencies.bundles.decline(bundle, ctx.from.id);
        await ctx.answerCallbackQuery(ctx.say(declined ? 'join-declined' : 'answer-unknown'));
        if (!declined) return;
        await ctx.deleteMessage();
        await dependencies.bundles.settled(bundle);
        return;
      }
      const answer = await bundleUploads(dependencies, bundle, ctx.from.id);
      ctx.committed();
      await ctx.answerCallbackQuery(ctx.say(answer.outcome === 'unknown' ? 'answer-unknown' : 'join-answer'));
      if (answer.outcome === 'joined') await showJoined(dependencies, ctx, bundle);
      if (answer.outcome !== 'choosing') return;
      const reply_markup = engineMenu(ctx, bundle, answer.offers);
      await ctx.editMessageText(ctx.say('join-engine'), { reply_markup });
    });
    composer.callbackQuery(joinEnginePress, async (ctx, next) => {
      const [, , engine] = ctx.match;
      const bundle = Number(ctx.match[1]);
      // Callback data can be forged.
      if (!isEngineId(engine)) return next();
      const { outcome, show } = await joinOn(dependencies, bundle, ctx.from.id, engine);
      ctx.committed();
      const key = { joined: 'join-answer', engine_gone: 'answer-engine-gone', unknown: 'answer-unknown' };
      await settleAll([
        ctx.answerCallbackQuery(ctx.say(key[outcome])),
        ...(outcome === 'joined' ? [showJoined(dependencies, ctx, bundle)] : []),
        show(),
      ]);
    });
    return composer;
  },
};

/** Shows in the offer that it was accepted, and keeps it from lapsing. */
async function showJoined({ bundles }: BotDependencies, ctx: BotContext, bundle: BundleId): Promise<void> {
  await ctx.editMessageText(ctx.say('join-joined'));
  await bundles.settled(bundle);
}
