import { Composer } from 'grammy';
import type { Log } from '../../../app/ports/log.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import type { Exports } from '../store/exports.ts';
import { type EraseEverythingDependencies, eraseEverything, isTheWord } from './erase-everything.ts';
import { type MyDataContext, type MyDataPageName, type PageDependencies, renderMyDataPage } from './page.ts';
import { retentionChoices } from './view.ts';

/** Callback data of the buttons: `mydata:retention`, `mydata:retention:24`, `mydata:retention:usual`. */
const pagePress = /^mydata:(main|retention|export|erase|stay)$/;
const retentionPress = /^mydata:retention:(\d+|usual)$/;
const exportPress = /^mydata:export:(texts|documents)$/;

type MyDataChatDependencies = PageDependencies &
  EraseEverythingDependencies & { readonly exports: Exports; readonly log: Log };

/** /mydata: what is stored about the user, its retention, the export of everything, and the erasure. */
export const myDataFeature: Feature<MyDataChatDependencies> = {
  commands: { private: ['mydata'] },
  install(dependencies) {
    const { retention } = dependencies;
    const composer = new Composer<BotContext>();
    const chat = composer.chatType('private');
    chat.command('mydata', async (ctx) => {
      await ctx.reply(...(await renderMyDataPage(dependencies, ctx, 'main')));
    });
    chat.callbackQuery(pagePress, async (ctx) => {
      await ctx.answerCallbackQuery();
      await ctx.editMessageText(
        ...(await renderMyDataPage(dependencies, ctx, ctx.match[1] as MyDataPageName)),
      );
    });
    chat.callbackQuery(retentionPress, async (ctx, next) => {
      const hours =
        ctx.match[1] === 'usual' ? null : retentionChoices.find((choice) => `${choice}` === ctx.match[1]);
      if (hours === undefined) return next();
      await retention.setRetentionHours(ctx.from.id, hours);
      await ctx.answerCallbackQuery(ctx.say('mydata-set'));
      await ctx.editMessageText(...(await renderMyDataPage(dependencies, ctx, 'main')));
    });
    chat.callbackQuery(exportPress, (ctx) =>
      exportEverything(dependencies, ctx, ctx.match[1] === 'documents'),
    );
    chat.on('message:text', (ctx, next) =>
      isTheWord(ctx, ctx.message.text) ? eraseEverything(dependencies, ctx) : next(),
    );
    return composer;
  },
};

/**
 * Starts the export of all of a user's data. A worker makes the archives, and the pressed message
 * shows their progress.
 */
async function exportEverything(
  { exports, log }: MyDataChatDependencies,
  ctx: MyDataContext,
  withDocuments: boolean,
): Promise<void> {
  const messageId = ctx.callbackQuery?.message?.message_id ?? 0;
  const begun = await exports.begin(ctx.from.id, messageId, withDocuments);
  ctx.confirmUpdate();
  await ctx.answerCallbackQuery(ctx.say(begun ? 'mydata-export-begun' : 'mydata-export-already'));
  if (!begun) return;
  log.info({ user: ctx.from.id, withDocuments }, 'export requested');
  await ctx.editMessageText(ctx.say('mydata-export-begun'));
}
