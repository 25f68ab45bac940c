import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import type { Deliveries } from '../../../app/ports/deliveries.ts';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { clockTime } from '../../../domain/clock-time.ts';
import {
  momentPress,
  parseMoment,
  type UnderstoodFile,
  understoodFiles,
} from '../../../domain/understanding.ts';
import type { DoneTask } from '../store/tasks.ts';
import { type ResultAction, resultPress } from '../views/presses.ts';
import { renderResult } from '../views/result-view.ts';
import type { StartTaskDependencies } from './start-task.ts';
import { showTaskMessage } from './task-message.ts';

type UnderstandingDependencies = StartTaskDependencies & { readonly deliveries: Pick<Deliveries, 'add'> };

type PressContext = BotContext & { readonly from: User };

/**
 * The messages of the language model's tasks: cancel a task, tick what is done, get a file, and play the moment that a
 * line rests on. The database decides whether task and transcript are the user's own.
 */
export const understandingFeature: Feature<UnderstandingDependencies> = {
  install(dependencies) {
    const composer = new Composer<BotContext>();
    composer.callbackQuery(resultPress, async (ctx) => {
      const [, action, id, of] = ctx.match;
      await handlers[action as ResultAction](dependencies, ctx, Number(id), of);
    });
    composer.callbackQuery(momentPress, async (ctx) => {
      const moment = parseMoment(ctx.callbackQuery.data);
      const added =
        moment &&
        (await dependencies.deliveries.add(moment.id, ctx.from.id, {
          kind: 'clip',
          payload: { word: clockTime(moment.start), start: moment.start, end: moment.end, isMoment: true },
        }));
      ctx.confirmUpdate();
      await answerAdded(ctx, added);
    });
    return composer;
  },
};

type Handler = (
  dependencies: UnderstandingDependencies,
  ctx: PressContext,
  id: number,
  of: string | undefined,
) => Promise<void>;

const handlers: Readonly<Record<ResultAction, Handler>> = {
  async cancel({ understandingTasks }, ctx, id) {
    const isCancelled = await understandingTasks.cancel(id, ctx.from.id);
    ctx.confirmUpdate();
    await ctx.answerCallbackQuery(ctx.say(isCancelled ? 'answer-cancelled' : 'answer-ended'));
    if (isCancelled) await ctx.editMessageText(ctx.say('understanding-cancelled'));
  },

  async tick(dependencies, ctx, id, of) {
    const task = await dependencies.understandingTasks.tick(id, ctx.from.id, Number(of));
    ctx.confirmUpdate();
    await showAgain(dependencies, ctx, task, 'cleaned');
  },

  async spoken(dependencies, ctx, id) {
    await showAgain(dependencies, ctx, await dependencies.understandingTasks.find(id, ctx.from.id), 'spoken');
  },

  async cleaned(dependencies, ctx, id) {
    await showAgain(
      dependencies,
      ctx,
      await dependencies.understandingTasks.find(id, ctx.from.id),
      'cleaned',
    );
  },

  async file({ understandingTasks, deliveries }, ctx, id, of) {
    const task = await understandingTasks.find(id, ctx.from.id);
    const added =
      task !== null && isResultFile(of)
        ? await deliveries.add(task.transcriptionId, ctx.from.id, {
            kind: 'understood',
            payload: { task: id, file: of },
          })
        : undefined;
    ctx.confirmUpdate();
    await answerAdded(ctx, added);
  },
};

/** Shows a result in its message again, after a press changed it. */
async function showAgain(
  { texts }: Pick<UnderstandingDependencies, 'texts'>,
  ctx: PressContext,
  task: DoneTask | null,
  version: 'cleaned' | 'spoken',
): Promise<void> {
  if (task === null) return void (await ctx.answerCallbackQuery(ctx.say('answer-unknown')));
  await ctx.answerCallbackQuery();
  await showTaskMessage(ctx, renderResult(texts, languageOf(ctx), task, task.result, version));
}

async function answerAdded(ctx: PressContext, added: string | undefined): Promise<void> {
  const isComing = added === 'added' || added === 'already';
  await ctx.answerCallbackQuery(ctx.say(isComing ? 'answer-on-its-way' : 'answer-unknown'));
}

function isResultFile(name: string | undefined): name is UnderstoodFile {
  return (understoodFiles as readonly (string | undefined)[]).includes(name);
}
