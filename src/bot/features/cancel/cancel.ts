import { Composer } from 'grammy';
import { cancelAll } from '../../../app/cancel.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/** Files that one /cancel ends; whoever has more sends it again. */
const atOnce = 100;

/** /cancel: all files of the person that have not ended. */
export const cancelFeature: Feature = {
  commands: { private: ['cancel'] },
  install(dependencies) {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('cancel', async (ctx) => {
      const files = await dependencies.lanes.open(ctx.from.id, atOnce);
      let answered: Promise<unknown> = Promise.resolve();
      const addressees = files.map((file) => ({ ...file, languageCode: languageOf(ctx) }));
      await cancelAll(dependencies, addressees, ctx.from.id, (count) => {
        ctx.committed();
        answered = ctx.reply(count === 0 ? ctx.say('cancel-nothing') : ctx.say('cancel-all', { count }));
        // Awaited below; until then nobody looks at it.
        answered.catch(() => undefined);
      });
      await answered;
    });
    return composer;
  },
};
