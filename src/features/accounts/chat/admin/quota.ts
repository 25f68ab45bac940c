import { Composer } from 'grammy';
import type { BotContext } from '../../../../bot/context.ts';
import type { Account } from '../../../../domain/account.ts';
import type { Quota } from '../../../../domain/quota.ts';
import { type ChangeAccountDependencies, changeAccount } from '../../change-account.ts';
import { quotaOf, renderQuotaPage } from './quota-page.ts';
import { findPressedSubject, subjectOf } from './subject.ts';

/**
 * Callback data of the buttons: `admin:quota:123` shows the page, `admin:quota:123:day:60` sets a
 * limit.
 */
const press = /^admin:quota:(\d+)(?::(\w+):(\w+))?$/;

/**
 * Creates the handlers of `/quota WHO`: a user's quota with buttons; `/quota WHO day 45` sets any
 * other number.
 */
export function createQuotaFeature(dependencies: ChangeAccountDependencies): Composer<BotContext> {
  const { accounts } = dependencies;
  const composer = new Composer<BotContext>();
  /** Sets a limit unless `quota` is null. Resolves to the outcome and the account after the change. */
  const set = async (ctx: BotContext, account: Account, quota: Partial<Quota> | null) => {
    if (quota === null) return { outcome: 'shown', now: account } as const;
    const outcome = await changeAccount(dependencies, ctx.account.id, account.id, { action: 'quota', quota });
    return { outcome, now: (await accounts.find(account.id)) ?? account };
  };
  composer.command('quota', async (ctx) => {
    const subject = await subjectOf(ctx, accounts);
    if (subject === null) return;
    const { account, rest } = subject;
    const [word = '', value = ''] = rest;
    const quota = quotaOf(word, value);
    if (rest.length > 0 && quota === null) {
      await ctx.reply(ctx.say('admin-chat-quota-how'));
      return;
    }
    const { outcome, now } = await set(ctx, account, quota);
    if (outcome === 'done' || outcome === 'shown') await ctx.reply(...renderQuotaPage(ctx, now));
    else await ctx.reply(ctx.say(`admin-chat-${outcome}`));
  });
  composer.callbackQuery(press, async (ctx, next) => {
    const [, id = '', word = '', value = ''] = ctx.match;
    const quota = quotaOf(word, value);
    if (quota === null && word !== '') return next();
    const account = await findPressedSubject(ctx, accounts, id);
    if (account === null) return;
    const { outcome, now } = await set(ctx, account, quota);
    await ctx.answerCallbackQuery(ctx.say(`admin-chat-${outcome}`));
    // Telegram refuses an edit that changes nothing.
    const same = JSON.stringify(now.quota) === JSON.stringify(account.quota);
    if (quota === null || !same) await ctx.editMessageText(...renderQuotaPage(ctx, now));
  });
  return composer;
}
