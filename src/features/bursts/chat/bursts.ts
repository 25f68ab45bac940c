import { Composer } from 'grammy';
import type { Settings } from '../../../app/ports/settings.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { accountOf } from '../../../bot/upload.ts';
import { isEngineId } from '../../../domain/engine-names.ts';
import { settleAll } from '../../../lib/settle-all.ts';
import {
  type BurstChoiceResult,
  cancelBurst,
  chooseForBurst,
  type PressBurstDependencies,
  separateBurst,
} from '../press-burst.ts';
import { showBurst } from '../show-burst.ts';

/** Callback data of the buttons (domain/burst.ts): `burst:12:on:vira`, `burst:12:separate`. */
const enginePress = /^burst:([1-9]\d{0,14}):on:(\w+)$/;
const separatePress = /^burst:([1-9]\d{0,14}):separate$/;
const bundlePress = /^burst:([1-9]\d{0,14}):bundle$/;
const neverPress = /^burst:([1-9]\d{0,14}):never$/;
const cancelPress = /^burst:([1-9]\d{0,14}):cancel$/;
const refreshPress = /^burst:([1-9]\d{0,14}):refresh$/;

const answers: Readonly<Record<BurstChoiceResult, string>> = {
  started: 'answer-started',
  engine_gone: 'answer-engine-gone',
  already: 'answer-started',
  unknown: 'answer-unknown',
};

type BurstsDependencies = PressBurstDependencies & { readonly settings: Settings };

/**
 * The buttons of the message that speaks for files which arrived together. The database decides whose burst it is, and
 * changes all of its files in one statement.
 */
export const burstsFeature: Feature<BurstsDependencies> = {
  install(dependencies) {
    const { bursts, settings } = dependencies;
    const composer = new Composer<BotContext>();
    composer.callbackQuery(enginePress, async (ctx, next) => {
      const engine = ctx.match[2];
      // Callback data can be forged.
      if (!isEngineId(engine)) return next();
      const { outcome, followUp } = await chooseForBurst(
        dependencies,
        Number(ctx.match[1]),
        ctx.from.id,
        engine,
      );
      ctx.confirmUpdate();
      await settleAll([ctx.answerCallbackQuery(ctx.say(answers[outcome])), followUp()]);
    });
    composer.callbackQuery(separatePress, async (ctx) => {
      const { outcome, followUp } = await separateBurst(dependencies, Number(ctx.match[1]), ctx.from.id);
      ctx.confirmUpdate();
      const key = outcome ? 'burst-answer-separate' : 'answer-unknown';
      await settleAll([ctx.answerCallbackQuery(ctx.say(key)), followUp()]);
    });
    composer.callbackQuery(bundlePress, async (ctx) => {
      const id = Number(ctx.match[1]);
      const isBundled = await bursts.bundle(id, ctx.from.id);
      ctx.confirmUpdate();
      const key = isBundled ? 'burst-answer-bundle' : 'answer-unknown';
      await settleAll([ctx.answerCallbackQuery(ctx.say(key)), showBurst(dependencies, id, ctx.from.id)]);
    });
    composer.callbackQuery(neverPress, async (ctx) => {
      await settings.setOffersBundles(accountOf(ctx.from), false);
      await settleAll([
        ctx.answerCallbackQuery(ctx.say('burst-answer-never')),
        showBurst(dependencies, Number(ctx.match[1]), ctx.from.id),
      ]);
    });
    composer.callbackQuery(cancelPress, async (ctx) => {
      const { outcome: count, followUp } = await cancelBurst(dependencies, Number(ctx.match[1]), ctx.from.id);
      ctx.confirmUpdate();
      const answer =
        count === null
          ? ctx.say('answer-unknown')
          : ctx.say(count === 0 ? 'cancel-nothing' : 'cancel-all', { count });
      await settleAll([ctx.answerCallbackQuery(answer), followUp()]);
    });
    composer.callbackQuery(refreshPress, async (ctx) => {
      await settleAll([
        ctx.answerCallbackQuery(),
        showBurst(dependencies, Number(ctx.match[1]), ctx.from.id),
      ]);
    });
    return composer;
  },
};
