import { Composer } from 'grammy';
import type { BotContext } from '../../../../bot/context.ts';
import { type ChangeAccountDependencies, changeAccount } from '../../change-account.ts';
import { subjectOf } from './subject.ts';

/** Creates the handlers of `/block WHO` and `/unblock WHO`. */
export function createBlockFeature(dependencies: ChangeAccountDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  for (const action of ['block', 'unblock'] as const) {
    composer.command(action, async (ctx) => {
      const subject = await subjectOf(ctx, dependencies.accounts);
      if (subject === null) return;
      const outcome = await changeAccount(dependencies, ctx.account.id, subject.account.id, { action });
      await ctx.reply(ctx.say(outcome === 'done' ? `admin-chat-${action}ed` : `admin-chat-${outcome}`));
    });
  }
  return composer;
}
