import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import { type CancelDependencies, cancelAll } from '../../../app/lane/cancel.ts';
import { settleAll } from '../../../lib/settle-all.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/** Maximum number of transcriptions that one /cancel ends; a further /cancel ends more. */
const batchSize = 100;

/** /cancel: cancels the user's open transcriptions. */
export const cancelFeature: Feature<CancelDependencies> = {
  commands: { private: ['cancel'] },
  install(dependencies) {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('cancel', async (ctx) => {
      const { answer, followUp } = await cancelOpen(dependencies, ctx);
      await settleAll([ctx.reply(answer), followUp()]);
    });
    return composer;
  },
};

/** Cancels the sender's open transcriptions; returns what to answer, and what is left to do. */
export async function cancelOpen(
  dependencies: CancelDependencies,
  ctx: BotContext & { from: User },
): Promise<{ answer: string; followUp(): Promise<void> }> {
  const files = await dependencies.lanes.listOpen(ctx.from.id, batchSize);
  const addressees = files.map((file) => ({ ...file, languageCode: languageOf(ctx) }));
  const { outcome: count, followUp } = await cancelAll(dependencies, addressees, ctx.from.id);
  ctx.confirmUpdate();
  return { answer: count === 0 ? ctx.say('cancel-nothing') : ctx.say('cancel-all', { count }), followUp };
}
