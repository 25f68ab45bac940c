import { Composer } from 'grammy';
import { join, joinOn } from '../../../app/join.ts';
import { isEngineId } from '../../../domain/engine-names.ts';
import type { BotContext } from '../../context.ts';
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
        if (declined) await ctx.deleteMessage();
        return;
      }
      const answer = await join(dependencies, bundle, ctx.from.id);
      ctx.committed();
      await ctx.answerCallbackQuery(ctx.say(answer.outcome === 'unknown' ? 'answer-unknown' : 'join-answer'));
      if (answer.outcome === 'joined') await ctx.editMessageText(ctx.say('join-joined'));
      if (answer.outcome !== 'choosing') return;
      const reply_markup = engineMenu(ctx, bundle, answer.offers);
      await ctx.editMessageText(ctx.say('join-engine'), { reply_markup });
    });
    composer.callbackQuery(joinEnginePress, async (ctx, next) => {
      const [, bundle, engine] = ctx.match;
      // Clients can send what they like.
      if (!isEngineId(engine)) return next();
      let shown: Promise<unknown> = Promise.resolve();
      await joinOn(dependencies, Number(bundle), ctx.from.id, engine, (outcome) => {
        ctx.committed();
        const key = { joined: 'join-answer', engine_gone: 'answer-engine-gone', unknown: 'answer-unknown' };
        shown = Promise.all([
          ctx.answerCallbackQuery(ctx.say(key[outcome])),
          outcome === 'joined' ? ctx.editMessageText(ctx.say('join-joined')) : undefined,
        ]);
        // The promise is awaited below; until then a rejection must not count as unhandled.
        shown.catch(() => undefined);
      });
      await shown;
    });
    return composer;
  },
};
