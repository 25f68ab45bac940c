import { Composer } from 'grammy';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import type { DialogDependencies } from './dialog.ts';
import { askFor, leaveDialog, pressGlossary } from './presses.ts';
import { type ReplacedDependencies, restorePress, restoreTranscribed } from './replaced.ts';
import { glossaryAdd, glossaryCancel, glossaryPress, renderGlossaryList } from './view.ts';

/** /glossary: lists the user's glossary entries, and changes, removes or adds them. */
export const glossaryFeature: Feature<DialogDependencies & ReplacedDependencies> = {
  commands: { private: ['glossary'] },
  install(dependencies) {
    const { glossary, erasures } = dependencies;
    const composer = new Composer<BotContext>();
    const chat = composer.chatType('private');
    chat.command('glossary', async (ctx) => {
      const { text, keyboard } = renderGlossaryList(ctx, await glossary.entries(ctx.from.id), 0);
      const { message_id } = await ctx.reply(text, { reply_markup: keyboard });
      await erasures.recordMessage(ctx.from.id, message_id);
    });
    chat.callbackQuery(glossaryAdd, (ctx) => askFor(dependencies, ctx, ctx.say('glossary-ask'), null));
    chat.callbackQuery(glossaryCancel, leaveDialog);
    chat.callbackQuery(glossaryPress, (ctx) => pressGlossary(dependencies, ctx));
    composer.callbackQuery(restorePress, (ctx) => restoreTranscribed(dependencies, ctx));
    return composer;
  },
};
