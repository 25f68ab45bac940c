import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { BotContext } from '../../../../bot/context.ts';
import type { Account } from '../../../../domain/account.ts';
import { typedNumber } from '../../../../domain/persian/digits.ts';
import { isLimit, type OwnLimit, type Quota } from '../../../../domain/quota.ts';
import { isolate } from '../../../../texts/format.ts';

/**
 * The limit that each word stands for, in a command (`/quota WHO day 60`) and in callback data
 * (`admin:quota:123:day:60`).
 */
const names = { day: 'minutesADay', month: 'minutesAMonth', files: 'maxOpenFiles' } as const;
type Word = keyof typeof names;

/** Values with a button; a command can set any other. */
const offered = {
  day: ['15', '60', '120', '300', 'unlimited', 'default'],
  month: ['60', '300', '600', '3000', 'unlimited', 'default'],
  files: ['5', '20', '100', '500', 'default'],
} as const satisfies Record<Word, readonly string[]>;

/** Returns the limit that a word and a value set; null when they are invalid. */
export function quotaOf(word: string, value: string): Partial<Quota> | null {
  const limit = limitOf(value);
  const name = Object.hasOwn(names, word) ? names[word as Word] : undefined;
  return name !== undefined && isLimit(name, limit) ? { [name]: limit } : null;
}

function limitOf(value: string): OwnLimit | undefined {
  if (value === 'default') return null;
  if (value === 'unlimited') return value;
  return typedNumber(value) ?? undefined;
}

/** Returns a user's quota as a message: its text, and a row of buttons for each limit. */
export function renderQuotaPage(
  ctx: BotContext,
  account: Account,
): [string, { reply_markup: InlineKeyboardMarkup }] {
  const { id, firstName } = account;
  const rows = (Object.keys(offered) as Word[]).flatMap((word) => limitRows(ctx, account, word));
  const back = { text: ctx.say('settings-back'), callback_data: `admin:show:${id}` };
  const text = ctx.say('admin-chat-quota', { name: isolate(firstName) });
  return [text, { reply_markup: { inline_keyboard: [...rows, [back]] } }];
}

/** Returns two rows for a limit: its name, and its possible values with a mark on the current one. */
function limitRows(ctx: BotContext, { id, quota }: Account, word: Word): InlineKeyboardButton[][] {
  const own = quota[names[word]];
  const current = own === null ? 'default' : String(own);
  const values: string[] = [...offered[word]];
  // The current value was set by a command.
  if (!values.includes(current)) values.unshift(current);
  const label = (value: string) =>
    limitOf(value) === Number(value)
      ? ctx.say('number', { number: Number(value) })
      : ctx.say(`admin-chat-quota-${value}`);
  return [
    [{ text: ctx.say(`admin-chat-quota-${word}`), callback_data: `admin:quota:${id}` }],
    values.map((value) => ({
      text: value === current ? `✓ ${label(value)}` : label(value),
      callback_data: `admin:quota:${id}:${word}:${value}`,
    })),
  ];
}
