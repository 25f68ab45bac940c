import type { BotDependencies } from '../../context.ts';
import type { MyDataContext } from './page.ts';

/**
 * Starts the export of all of a user's data. A worker makes the archives, and the pressed message
 * shows their progress.
 */
export async function exportEverything(
  { exports, log }: BotDependencies,
  ctx: MyDataContext,
  withDocuments: boolean,
): Promise<void> {
  const messageId = ctx.callbackQuery?.message?.message_id ?? 0;
  const begun = await exports.begin(ctx.from.id, messageId, withDocuments);
  ctx.committed();
  await ctx.answerCallbackQuery(ctx.say(begun ? 'mydata-export-begun' : 'mydata-export-already'));
  if (!begun) return;
  log.info({ user: ctx.from.id, withDocuments }, 'export requested');
  await ctx.editMessageText(ctx.say('mydata-export-begun'));
}
