import { conversations, createConversation } from '@grammyjs/conversations';
import { Composer } from 'grammy';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { askForSpelling, spellingDialog } from '../glossary/dialog.ts';
import { dialogStorage } from './storage.ts';

/**
 * Dialogs: questions that a user answers with a text, in the private chat. They survive a restart.
 * A dialog takes only texts that answer it; other updates pass to the features after it, and a
 * command ends it. Must come before every feature that reads texts.
 */
export const dialogsFeature: Feature = {
  install(dependencies) {
    const composer = new Composer<BotContext>();
    const chat = composer.chatType('private');
    chat.use(conversations<BotContext, BotContext>({ storage: dialogStorage(dependencies.dialogs) }));
    chat.on('message:entities:bot_command', async (ctx, next) => {
      const [command] = ctx.message.entities ?? [];
      if (command?.offset === 0 && Object.keys(ctx.conversation.active()).length > 0) {
        await ctx.conversation.exitAll();
        await ctx.reply(ctx.say('dialogs-ended'));
      }
      await next();
    });
    chat.use(createConversation(askForSpelling(dependencies), { id: spellingDialog, parallel: true }));
    return composer;
  },
};
