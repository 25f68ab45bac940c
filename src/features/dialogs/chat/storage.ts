import type { ConversationContextStorage, ConversationData, VersionedState } from '@grammyjs/conversations';
import type { BotContext } from '../../../bot/context.ts';
import type { Dialogs } from '../store.ts';

/** Version of the dialogs' code. Raise it when a change makes stored dialogs impossible to replay. */
export const dialogVersion = 1;

/**
 * Creates the storage of dialogs in the database. A dialog of an older version is ended, and the
 * user is notified. When two processes continue the same dialog in parallel, the second write is
 * refused; its update is then handled again, from the state that the first one wrote.
 */
export function createDialogStorage(
  dialogs: Dialogs,
): ConversationContextStorage<BotContext, ConversationData> {
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
        if (!isNext) throw new Error('another process continued the same dialog');
      },
      async delete(ctx) {
        if (ctx.chatId !== undefined) await dialogs.end(ctx.chatId);
      },
    },
  };
}
