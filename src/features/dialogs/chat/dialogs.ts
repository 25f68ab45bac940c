import { type ConversationBuilder, conversations, createConversation } from '@grammyjs/conversations';
import { Composer } from 'grammy';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import type { Dialogs } from '../store.ts';
import { createDialogStorage } from './storage.ts';

/** A dialog of a feature. */
type Dialog<D> = {
  /** Id under which the dialog is stored. */
  readonly id: string;
  /** Callback data of the buttons that begin or end it. */
  readonly presses: RegExp;
  /** Returns the conversation; it is replayed with every update. */
  build(dependencies: D): ConversationBuilder<BotContext, BotContext>;
};

/**
 * Creates the feature of the dialogs: questions that a user answers with a text, in the private
 * chat. They survive a restart. A dialog takes only texts that answer it; other updates pass to the
 * features after it, and a command ends it. Must come before every feature that reads texts. The state is read only for
 * updates that can concern a dialog, so an upload costs no query for it.
 */
export const createDialogsFeature = <D>(
  all: readonly Dialog<D>[],
): Feature<D & { readonly dialogs: Dialogs }> => ({
  install(dependencies) {
    const composer = new Composer<BotContext>();
    const concerns = ({ message, callbackQuery }: BotContext) =>
      message?.text !== undefined || all.some(({ presses }) => presses.test(callbackQuery?.data ?? ''));
    const chat = composer.chatType('private').filter(concerns);
    chat.use(conversations<BotContext, BotContext>({ storage: createDialogStorage(dependencies.dialogs) }));
    chat.on('message:entities:bot_command', async (ctx, next) => {
      const [command] = ctx.message.entities ?? [];
      if (command?.offset === 0 && Object.keys(ctx.conversation.active()).length > 0) {
        await ctx.conversation.exitAll();
        await ctx.reply(ctx.say('dialogs-ended'));
      }
      await next();
    });
    for (const { id, build } of all) {
      chat.use(createConversation(build(dependencies), { id, parallel: true }));
    }
    return composer;
  },
});
