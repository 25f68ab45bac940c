import { Composer } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { changeAccount } from '../../../app/accounts/change-account.ts';
import type { Account } from '../../../domain/account.ts';
import { isLimit, type OwnLimit, type Quota } from '../../../domain/quota.ts';
import { isolate } from '../../../texts/format.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import { pressedSubject, subjectOf } from './subject.ts';

/** What is set by which word, in a command and on a button (`staff:quota:123:day:60`). */
const names: Readonly<Record<string, keyof Quota>> = {
  day: 'minutesADay',
  month: 'minutesAMonth',
  files: 'waitingFiles',
};
const press = /^staff:quota:(\d+)(?::(\w+):(\w+))?$/;

/** Offered as buttons; any other can be written. */
const offered = {
  day: ['15', '60', '120', '300'],
  month: ['60', '300', '600', '3000'],
  files: ['5', '20', '100', '500'],
} as const;

/** /quota WHO: what somebody may use, with buttons; `/quota WHO day 45` sets any other number. */
export function quotaFeature(dependencies: BotDependencies): Composer<BotContext> {
  const { accounts } = dependencies;
  const composer = new Composer<BotContext>();
  const set = (actor: number, subject: number, quota: Partial<Quota>) =>
    changeAccount(dependencies, actor, subject, { action: 'quota', quota });
  composer.command('quota', async (ctx) => {
    const subject = await subjectOf(ctx, accounts);
    if (subject === null) return;
    const { account, rest } = subject;
    const [word = '', value = ''] = rest;
    const quota = quotaOf(word, value);
    if (rest.length > 0 && quota === null) {
      await ctx.reply(ctx.say('staff-quota-how'));
      return;
    }
    const outcome = quota === null ? 'shown' : await set(ctx.account.id, account.id, quota);
    if (outcome !== 'done' && outcome !== 'shown') {
      await ctx.reply(ctx.say(`staff-${outcome}`));
      return;
    }
    const now = (await accounts.find(account.id)) ?? account;
    await ctx.reply(title(ctx, now), { reply_markup: keyboard(ctx, now) });
  });
  composer.callbackQuery(press, async (ctx, next) => {
    const [, id = '', word = '', value = ''] = ctx.match;
    const account = await pressedSubject(ctx, accounts, id);
    if (account === null) return;
    const quota = quotaOf(word, value);
    if (quota === null && word !== '') return next();
    const outcome = quota === null ? 'shown' : await set(ctx.account.id, account.id, quota);
    await ctx.answerCallbackQuery(ctx.say(`staff-${outcome}`));
    const now = (await accounts.find(account.id)) ?? account;
    const same = JSON.stringify(now.quota) === JSON.stringify(account.quota);
    // Telegram refuses an edit that changes nothing.
    if (word === '' || !same)
      await ctx.editMessageText(title(ctx, now), { reply_markup: keyboard(ctx, now) });
  });
  return composer;
}

/** The limit that a word and a value set; null when they set none. */
function quotaOf(word: string, value: string): Partial<Quota> | null {
  const name = Object.hasOwn(names, word) ? names[word] : undefined;
  const limit: OwnLimit | undefined =
    value === 'default'
      ? null
      : value === 'unlimited'
        ? 'unlimited'
        : /^\d+$/.test(value)
          ? Number(value)
          : undefined;
  return name !== undefined && isLimit(name, limit) ? { [name]: limit } : null;
}

function title(ctx: BotContext, { firstName }: Account): string {
  return ctx.say('staff-quota', { name: isolate(firstName) });
}

function keyboard(ctx: BotContext, { id, quota }: Account): InlineKeyboardMarkup {
  const rows = Object.entries(offered).map(([word, values]) => {
    const name = names[word] ?? 'minutesADay';
    const own = quota[name];
    const current = own === null ? 'default' : String(own);
    const others = name === 'waitingFiles' ? [] : ['unlimited'];
    // A number that was written is no button yet.
    const known = new Set<string>([...values, ...others, 'default']);
    const all = [...values, ...(known.has(current) ? [] : [current]), ...others, 'default'];
    return [
      [{ text: ctx.say(`staff-quota-${word}`), callback_data: `staff:quota:${id}` }],
      all.map((value) => ({
        text: `${value === current ? '✓ ' : ''}${/^\d+$/.test(value) ? ctx.say('number', { number: Number(value) }) : ctx.say(`staff-quota-${value}`)}`,
        callback_data: `staff:quota:${id}:${word}:${value}`,
      })),
    ];
  });
  const back = { text: ctx.say('settings-back'), callback_data: `staff:show:${id}` };
  return { inline_keyboard: [...rows.flat(), [back]] };
}
