import { Composer } from 'grammy';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { accountOf } from '../../../bot/upload.ts';
import { type AccessDecision, type AccessRules, decideAccess } from '../../../domain/account.ts';
import { parseButton } from '../../../domain/button.ts';
import { keysOf } from '../../../domain/correction/words.ts';
import { redeemInvitation } from '../invitation.ts';
import { type Accounts, quietMs } from '../store/accounts.ts';
import type { Invitations } from '../store/invitations.ts';

type GateDependencies = {
  readonly accounts: Accounts;
  readonly access: AccessRules;
  readonly invitations: Invitations;
};

/**
 * The gate, which stands before every feature that needs an account. It creates or updates the
 * sender's account and stops updates from users without access, except those about their own data. An invitation
 * (`/start invite-…`) admits its user.
 */
export const gateFeature: Feature<GateDependencies> = {
  install(dependencies) {
    const { accounts, access } = dependencies;
    const composer = new Composer<BotContext>();
    composer.use(async (ctx, next) => {
      // An update without a sender, such as a channel's message, needs no answer.
      if (ctx.from === undefined) return;
      const button = parseButton(ctx.callbackQuery?.data ?? '');
      if (button === undefined) ctx.account = await accounts.upsert(accountOf(ctx.from));
      else
        ({ account: ctx.account, file: ctx.pressed } = await accounts.press(accountOf(ctx.from), button.id));
      const standing = decideAccess(ctx.account, access);
      if (standing !== 'blocked') {
        const invitation = await redeemInvitation(dependencies, ctx.from.id, startParameter(ctx));
        if (invitation === 'invalid') {
          await ctx.reply(ctx.say('invitation-invalid'));
          return;
        }
        if (invitation !== null && standing === 'uninvited') return next();
      }
      if (standing === 'welcome' || isAboutOwnData(ctx)) return next();
      await refuse(ctx, standing, dependencies);
    });
    return composer;
  },
};

/**
 * Returns the parameter of `/start`, as a link to the bot carries it; an empty string when there is
 * none.
 */
function startParameter(ctx: BotContext): string {
  return /^\/start(?:@\w+)? +(\S+)/.exec(ctx.message?.text ?? '')?.[1] ?? '';
}

/**
 * Returns true for `/mydata`, its buttons and the words that confirm an erasure: every user may export and erase their
 * data, even without access.
 */
function isAboutOwnData(ctx: BotContext): boolean {
  if (ctx.chat?.type !== 'private') return false;
  const text = ctx.message?.text ?? '';
  const isConfirmation = keysOf(text).join(' ') === keysOf(ctx.say('mydata-word')).join(' ');
  return (
    isConfirmation || /^\/mydata(?!\w)/.test(text) || ctx.callbackQuery?.data?.startsWith('mydata:') === true
  );
}

/**
 * Refuses an update: answers every press, but only one message per `quietMs`, and only in private
 * chats.
 */
async function refuse(
  ctx: BotContext,
  standing: Exclude<AccessDecision, 'welcome'>,
  { accounts }: GateDependencies,
): Promise<void> {
  const text = ctx.say(`access-${standing}`, { id: String(ctx.account.id) });
  if (ctx.callbackQuery !== undefined) await ctx.answerCallbackQuery({ text, show_alert: true });
  else if (ctx.inlineQuery !== undefined)
    await ctx.answerInlineQuery([], { is_personal: true, cache_time: 60 });
  else if (ctx.chat?.type === 'private' && (await accounts.recordRefusal(ctx.account.id, quietMs))) {
    await ctx.reply(text);
  }
}
