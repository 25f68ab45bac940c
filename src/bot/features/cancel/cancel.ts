import { Composer } from 'grammy';
import { cancelAll } from '../../../app/cancel.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/** Maximum number of transcriptions that one /cancel ends; a further /cancel ends more. */
const batchSize = 100;

/** /cancel: cancels the user's open transcriptions. */
export const cancelFeature: Feature = {
  commands: { private: ['cancel'] },
  install(dependencies) {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('cancel', async (ctx) => {
      const files = await dependencies.lanes.open(ctx.from.id, batchSize);
      let answered: Promise<unknown> = Promise.resolve();
      const addressees = files.map((file) => ({ ...file, languageCode: languageOf(ctx) }));
      await cancelAll(dependencies, addressees, ctx.from.id, (count) => {
        ctx.committed();
        answered = ctx.reply(count === 0 ? ctx.say('cancel-nothing') : ctx.say('cancel-all', { count }));
        // The promise is awaited below; until then a rejection must not count as unhandled.
        answered.catch(() => undefined);
      });
      await answered;
    });
    return composer;
  },
};
