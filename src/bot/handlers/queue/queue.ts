import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import { type CancelDependencies, cancel } from '../../../app/lane/cancel.ts';
import { parseTranscriptionId } from '../../../domain/ids.ts';
import type { Texts } from '../../../texts/texts.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { readerOf, type ZoneDependencies } from '../../reader.ts';
import { cancelOpen } from '../cancel/cancel.ts';
import { readQueueFiles, renderQueue } from './view.ts';

/** Callback data of the buttons under the list. */
const cancelPress = /^queue:cancel:([1-9]\d{0,14})$/;
const cancelAllPress = 'queue:cancel-all';
const refreshPress = 'queue:refresh';

type QueueDependencies = CancelDependencies & ZoneDependencies & { readonly texts: Texts };

/** /queue: the user's open transcriptions, in the order in which they run, with buttons that cancel them. */
export const queueFeature: Feature<QueueDependencies> = {
  commands: { private: ['queue'] },
  install(dependencies) {
    const composer = new Composer<BotContext>();
    const chat = composer.chatType('private');
    const render = async (ctx: BotContext & { from: User }) => {
      const reader = readerOf(dependencies, ctx, await dependencies.settings.documents(ctx.from.id));
      return renderQueue(reader, await readQueueFiles(dependencies.lanes, ctx.from.id));
    };
    const showAgain = async (ctx: BotContext & { from: User }) => {
      const { text, reply_markup } = await render(ctx);
      // Telegram refuses an edit that changes nothing.
      await ctx.editMessageText(text, { reply_markup }).catch(() => undefined);
    };
    chat.command('queue', async (ctx) => {
      const { text, reply_markup } = await render(ctx);
      await ctx.reply(text, { reply_markup });
    });
    chat.callbackQuery(cancelPress, async (ctx, next) => {
      const id = parseTranscriptionId(ctx.match[1] ?? '');
      const file = id === undefined ? null : await dependencies.lanes.find(id, ctx.from.id);
      if (file === null) return next();
      const to = { ...file, languageCode: languageOf(ctx) };
      const { outcome, followUp } = await cancel(dependencies, to, ctx.from.id);
      ctx.confirmUpdate();
      const isOver = outcome === 'cancelled' || outcome === 'requested';
      await ctx.answerCallbackQuery(ctx.say(isOver ? 'answer-cancelled' : 'answer-ended'));
      await followUp();
      await showAgain(ctx);
    });
    chat.callbackQuery(cancelAllPress, async (ctx) => {
      const { answer, followUp } = await cancelOpen(dependencies, ctx);
      await ctx.answerCallbackQuery(answer);
      await followUp();
      await showAgain(ctx);
    });
    chat.callbackQuery(refreshPress, async (ctx) => {
      await ctx.answerCallbackQuery();
      await showAgain(ctx);
    });
    return composer;
  },
};
