import { Composer } from 'grammy';
import { cancel } from '../../app/cancel.ts';
import { type BotContext, type BotDependencies, languageOf } from '../context.ts';

/** Files that one /cancel ends; whoever has more sends it again. */
const atOnce = 100;

/** /cancel: all files of the person that have not ended. The last in line go first, so that none starts in between. */
export function cancelFeature(dependencies: BotDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.chatType('private').command('cancel', async (ctx) => {
    const files = await dependencies.lanes.open(ctx.from.id, atOnce);
    let count = 0;
    for (const file of files.toReversed()) {
      const outcome = await cancel(dependencies, { ...file, languageCode: languageOf(ctx) }, ctx.from.id);
      if (outcome === 'cancelled' || outcome === 'requested') count += 1;
    }
    await ctx.reply(count === 0 ? ctx.say('cancel-nothing') : ctx.say('cancel-all', { count }));
  });
  return composer;
}
