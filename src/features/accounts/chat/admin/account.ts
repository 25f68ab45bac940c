import { Composer } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { logError } from '../../../../app/log-error.ts';
import type { Log } from '../../../../app/ports/log.ts';
import type { BotContext } from '../../../../bot/context.ts';
import { type Account, decideAccess, isAdmin, type UserRole } from '../../../../domain/account.ts';
import { type DefaultQuota, effectiveQuota } from '../../../../domain/quota.ts';
import { formatDateTime, isolate } from '../../../../texts/format.ts';
import type { Texts } from '../../../../texts/texts.ts';
import { type AccountChange, type ChangeAccountDependencies, changeAccount } from '../../change-account.ts';
import { usageLines } from '../../usage-lines.ts';
import { findPressedSubject, subjectOf } from './subject.ts';

/**
 * Callback data under an account, such as `admin:block:123`. Those with `ask-` ask for a
 * confirmation.
 */
const press = /^admin:(show|block|unblock|admit|promote|demote|ask-block|ask-promote):(\d+)$/;

const changes: Readonly<Record<string, AccountChange>> = {
  block: { action: 'block' },
  unblock: { action: 'unblock' },
  admit: { action: 'admit' },
  promote: { action: 'role', role: 'ADMIN' },
  demote: { action: 'role', role: 'USER' },
};

export type AccountDependencies = ChangeAccountDependencies & {
  readonly defaultQuota: DefaultQuota;
  readonly texts: Texts;
  readonly log: Log;
  /** IANA time zone of the times in messages. */
  readonly timeZone: string;
};

/**
 * Creates the handlers of `/user WHO`: an account with its usage, and buttons for the changes that
 * an admin may make.
 */
export function createAccountFeature(dependencies: AccountDependencies): Composer<BotContext> {
  const { accounts } = dependencies;
  const composer = new Composer<BotContext>();
  composer.command('user', async (ctx) => {
    const subject = await subjectOf(ctx, accounts);
    if (subject !== null) await ctx.reply(...(await card(ctx, subject.account, dependencies)));
  });
  composer.callbackQuery(press, async (ctx) => {
    const [, action = '', id = ''] = ctx.match;
    const before = await findPressedSubject(ctx, accounts, id);
    if (before === null) return;
    const asked = action === 'ask-block' || action === 'ask-promote' ? action : null;
    if (asked !== null) {
      await ctx.answerCallbackQuery();
      await ctx.editMessageText(...question(ctx, before, asked));
      return;
    }
    const change = changes[action];
    const outcome =
      change === undefined ? 'shown' : await changeAccount(dependencies, ctx.account.id, before.id, change);
    await ctx.answerCallbackQuery(ctx.say(`admin-chat-${outcome}`));
    if (outcome === 'done' && change?.action === 'role')
      await tellRole(dependencies, ctx, before, change.role);
    if (outcome !== 'done' && outcome !== 'shown') return;
    await ctx.editMessageText(...(await card(ctx, (await accounts.find(before.id)) ?? before, dependencies)));
  });
  return composer;
}

/** Tells a user that they are now an admin, or no longer one. A user who has stopped the bot is not told. */
async function tellRole(
  { texts, log }: AccountDependencies,
  ctx: BotContext,
  { id, languageCode }: Account,
  role: UserRole,
): Promise<void> {
  await ctx.api
    .sendMessage(id, texts(languageCode, `admin-chat-told-${role}`))
    .catch((error) => logError(log, 'debug', { user: id }, error, 'change of role not told'));
}

type Message = [string, { reply_markup: { inline_keyboard: InlineKeyboardButton[][] } }];

/** Returns the confirmation of a change that takes effect at once, with its two buttons. */
function question(ctx: BotContext, account: Account, asked: 'ask-block' | 'ask-promote'): Message {
  const name = isolate([account.firstName, account.lastName].filter(Boolean).join(' '));
  const buttons = [
    {
      text: ctx.say(`admin-chat-button-sure-${asked}`),
      callback_data: `admin:${asked.replace('ask-', '')}:${account.id}`,
    },
    { text: ctx.say('admin-chat-button-back'), callback_data: `admin:show:${account.id}` },
  ];
  return [ctx.say(`admin-chat-${asked}`, { name }), { reply_markup: { inline_keyboard: [buttons] } }];
}

/** Returns the account as a message: its text and its buttons. */
async function card(
  ctx: BotContext,
  account: Account,
  { accounts, access, defaultQuota, texts, timeZone }: AccountDependencies,
): Promise<Message> {
  const language = ctx.account.languageCode;
  const date = (moment: Date | null) => (moment === null ? '–' : formatDateTime(language, moment, timeZone));
  const name = [account.firstName, account.lastName].filter(Boolean).join(' ');
  const handle = account.username === null ? '' : ` (${isolate(`@${account.username}`)})`;
  const standing = decideAccess(account, access);
  const lines = [
    ctx.say('admin-chat-name', { name: isolate(name), handle, id: isolate(String(account.id)) }),
    ctx.say('admin-chat-account', { since: date(account.createdAt), seen: date(account.lastSeenAt) }),
    ...(isAdmin(account, access) ? [ctx.say('admin-chat-is-admin')] : []),
    ...(standing === 'uninvited' ? [ctx.say('admin-chat-is-uninvited')] : []),
    ...(account.blockedAt === null
      ? []
      : [ctx.say('admin-chat-is-blocked', { since: date(account.blockedAt) })]),
    '',
    ...usageLines(
      texts,
      language,
      await accounts.spent(account.id),
      effectiveQuota(account.quota, defaultQuota),
    ),
  ];
  const button = (action: string, pressed = action) => ({
    text: ctx.say(`admin-chat-button-${action}`),
    callback_data: `admin:${pressed}:${account.id}`,
  });
  const rows = [
    [button('queue'), button('quota')],
    ...(standing === 'uninvited' ? [[button('admit')]] : []),
    [account.blockedAt === null ? button('block', 'ask-block') : button('unblock')],
    // Only admins of ADMIN_IDS may change who else is an admin.
    ...(access.adminIds.has(ctx.account.id) && !access.adminIds.has(account.id)
      ? [[account.role === 'ADMIN' ? button('demote') : button('promote', 'ask-promote')]]
      : []),
  ];
  return [lines.join('\n'), { reply_markup: { inline_keyboard: rows } }];
}
