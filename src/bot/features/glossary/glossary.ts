import { Composer } from 'grammy';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { spellingDialog } from './dialog.ts';
import { restoreHeard, restorePress } from './replaced.ts';
import { cancelKeyboard, entryView, glossaryAdd, glossaryCancel, glossaryPress, listView } from './view.ts';

/** /glossary: how a person wants words to be spelt. They are listed, changed, removed, and added in a dialog. */
export const glossaryFeature: Feature = {
  commands: { private: ['glossary'] },
  install(dependencies) {
    const { glossary } = dependencies;
    const composer = new Composer<BotContext>();
    const chat = composer.chatType('private');
    chat.command('glossary', async (ctx) => {
      const { text, keyboard } = listView(ctx, await glossary.entries(ctx.from.id), 0);
      await ctx.reply(text, { reply_markup: keyboard });
    });

    /** Asks, and goes on when there is an answer. */
    const ask = async (ctx: BotContext, question: string, entry: number | null) => {
      await ctx.answerCallbackQuery();
      await ctx.conversation.exitAll();
      const { message_id } = await ctx.reply(question, { reply_markup: cancelKeyboard(ctx) });
      await ctx.conversation.enter(spellingDialog, message_id, entry);
    };
    chat.callbackQuery(glossaryAdd, (ctx) => ask(ctx, ctx.say('glossary-ask'), null));
    chat.callbackQuery(glossaryCancel, async (ctx) => {
      await ctx.conversation.exitAll();
      await ctx.answerCallbackQuery(ctx.say('glossary-cancelled'));
      await ctx.editMessageText(ctx.say('glossary-cancelled'));
    });

    composer.callbackQuery(restorePress, (ctx) => restoreHeard(dependencies, ctx));

    chat.callbackQuery(glossaryPress, async (ctx) => {
      const [, action, number = ''] = glossaryPress.exec(ctx.callbackQuery.data) ?? [];
      const id = Number(number);
      const show = async ({ text, keyboard }: ReturnType<typeof listView>) => {
        // Telegram refuses an edit that changes nothing.
        await ctx.editMessageText(text, { reply_markup: keyboard }).catch(() => undefined);
      };
      if (action === 'page') {
        await ctx.answerCallbackQuery();
        return show(listView(ctx, await glossary.entries(ctx.from.id), id));
      }
      const entry = (await glossary.entries(ctx.from.id)).find((each) => each.id === id);
      if (entry === undefined) {
        await ctx.answerCallbackQuery(ctx.say('answer-unknown'));
        return;
      }
      if (action === 'edit') return ask(ctx, ctx.say('glossary-ask-again', { spelling: entry.spelling }), id);
      if (action === 'remove') {
        await glossary.remove(ctx.from.id, id);
        await ctx.answerCallbackQuery(ctx.say('glossary-removed'));
        return show(listView(ctx, await glossary.entries(ctx.from.id), 0));
      }
      await ctx.answerCallbackQuery();
      await show(entryView(ctx, entry));
    });
    return composer;
  },
};
