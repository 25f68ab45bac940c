import { Composer } from 'grammy';
import type { Deliveries } from '../../../app/ports/deliveries.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { clockTime } from '../../../domain/clock-time.ts';
import { momentPress, parseMoment } from '../../../domain/understanding.ts';
import type { StartTaskDependencies } from './start-task.ts';

/** Callback data of the button that cancels a task. */
const cancelPress = /^understanding:cancel:([1-9]\d{0,14})$/;

type UnderstandingDependencies = StartTaskDependencies & { readonly deliveries: Pick<Deliveries, 'add'> };

/**
 * The messages of the language model's tasks: cancel a task, and play the moment that a line of a result rests on. The
 * database decides whether task and transcript are the user's own.
 */
export const understandingFeature: Feature<UnderstandingDependencies> = {
  install({ understandingTasks, deliveries }) {
    const composer = new Composer<BotContext>();
    composer.callbackQuery(cancelPress, async (ctx) => {
      const isCancelled = await understandingTasks.cancel(Number(ctx.match[1]), ctx.from.id);
      ctx.confirmUpdate();
      await ctx.answerCallbackQuery(ctx.say(isCancelled ? 'answer-cancelled' : 'answer-ended'));
      if (isCancelled) await ctx.editMessageText(ctx.say('understanding-cancelled'));
    });
    composer.callbackQuery(momentPress, async (ctx) => {
      const moment = parseMoment(ctx.callbackQuery.data);
      const payload = moment && {
        ...{ word: clockTime(moment.start), start: moment.start, end: moment.end },
        isMoment: true as const,
      };
      const added =
        moment && payload && (await deliveries.add(moment.id, ctx.from.id, { kind: 'clip', payload }));
      ctx.confirmUpdate();
      const isComing = added === 'added' || added === 'already';
      await ctx.answerCallbackQuery(ctx.say(isComing ? 'answer-on-its-way' : 'answer-unknown'));
    });
    return composer;
  },
};
