import { Composer } from 'grammy';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { parseTranscriptionId } from '../../../domain/ids.ts';
import { type EntryAction, entryPresses, type HistoryDependencies } from './entry-presses.ts';
import { readCharacters } from './entry-view.ts';
import { renderListPage, sendHistory, showInPlace } from './show.ts';

/** Callback data of the buttons: `history:list`, `history:older:12`, `history:open:12`. */
const listPress = /^history:(list|all|search)$/;
const pagePress = /^history:(older|newer):(\d+)$/;
const entryPress = /^history:(open|files|delete|erase):(\d+)$/;

/**
 * /history: the user's transcripts, newest first; they can be searched, opened, sent again and
 * deleted.
 */
export const historyFeature: Feature<HistoryDependencies> = {
  commands: { private: ['history'] },
  install(dependencies) {
    const { history, erasures } = dependencies;
    const composer = new Composer<BotContext>();
    const chat = composer.chatType('private');
    chat.command('history', (ctx) => sendHistory(dependencies, ctx, ctx.match.trim() || null));
    chat.on('message:text', async (ctx, next) => {
      const asked = ctx.message.reply_to_message?.message_id;
      if (asked === undefined || (await history.view(ctx.from.id))?.promptId !== asked) return next();
      await sendHistory(dependencies, ctx, ctx.message.text);
    });
    /**
     * Returns the search of the pressed list; null for an older list, which then shows all
     * transcripts.
     */
    const queryOf = async (ctx: BotContext & { from: { id: number } }) => {
      const view = await history.view(ctx.from.id);
      return view?.messageId === ctx.callbackQuery?.message?.message_id ? (view?.query ?? null) : null;
    };
    chat.callbackQuery(listPress, async (ctx) => {
      await ctx.answerCallbackQuery();
      const messageId = ctx.callbackQuery.message?.message_id;
      if (ctx.match[1] === 'search' && messageId !== undefined) {
        const query = await queryOf(ctx);
        const prompt = await ctx.reply(ctx.say('history-ask'), { reply_markup: { force_reply: true } });
        await history.setView(ctx.from.id, { messageId, query, promptId: prompt.message_id });
        await erasures.recordMessage(ctx.from.id, prompt.message_id);
        return;
      }
      const query = ctx.match[1] === 'all' ? null : await queryOf(ctx);
      if (messageId !== undefined) await history.setView(ctx.from.id, { messageId, query, promptId: null });
      await showInPlace(ctx, await renderListPage(dependencies, ctx, query, null));
    });
    chat.callbackQuery(pagePress, async (ctx, next) => {
      const id = parseTranscriptionId(ctx.match[2] ?? '');
      if (id === undefined) return next();
      await ctx.answerCallbackQuery();
      const direction = ctx.match[1] === 'newer' ? 'newer' : 'older';
      await showInPlace(ctx, await renderListPage(dependencies, ctx, await queryOf(ctx), { direction, id }));
    });
    chat.callbackQuery(entryPress, async (ctx, next) => {
      const id = parseTranscriptionId(ctx.match[2] ?? '');
      const entry = id === undefined ? null : await history.find(ctx.from.id, id, readCharacters);
      if (entry === null) return next();
      await entryPresses[ctx.match[1] as EntryAction](dependencies, ctx, entry, await queryOf(ctx));
    });
    return composer;
  },
};
