import type { ConversationContextStorage, ConversationData, VersionedState } from '@grammyjs/conversations';
import type { Dialogs } from '../../../app/text/ports.ts';
import type { BotContext } from '../../context.ts';

/** Rises when a dialog's code changes in a way that what was said so far cannot be replayed by. */
export const dialogVersion = 1;

/**
 * Keeps dialogs in the database. One of an older version is ended, and its person told. Where two processes go on with
 * the same dialog at once, the second to write is refused: its update is handled again, from what the first has written.
 */
export function dialogStorage(dialogs: Dialogs): ConversationContextStorage<BotContext, ConversationData> {
  const steps = new WeakMap<BotContext, number>();
  return {
    type: 'context',
    version: dialogVersion,
    adapter: {
      async read(ctx) {
        const kept = ctx.chatId === undefined ? null : await dialogs.read(ctx.chatId);
        if (kept === null || ctx.chatId === undefined) return undefined;
        const state = kept.value as VersionedState<ConversationData>;
        if (state.version[1] !== dialogVersion) {
          await dialogs.end(ctx.chatId);
          await ctx.reply(ctx.say('dialogs-outdated'));
          return undefined;
        }
        steps.set(ctx, kept.step);
        return state;
      },
      async write(ctx, state) {
        if (ctx.chatId === undefined) return;
        const isNext = await dialogs.write(ctx.chatId, steps.get(ctx) ?? null, state);
        if (!isNext) throw new Error('the dialog went on somewhere else meanwhile');
      },
      async delete(ctx) {
        if (ctx.chatId !== undefined) await dialogs.end(ctx.chatId);
      },
    },
  };
}
