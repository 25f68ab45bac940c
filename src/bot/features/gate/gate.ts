import { Composer } from 'grammy';
import { takeInvitation } from '../../../app/accounts/invitation.ts';
import { type Standing, standingOf } from '../../../domain/account.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { personOf } from '../../upload.ts';

/** Whoever may not use the bot is told so once in so long, not for every message, in milliseconds. */
export const quietMs = 6 * 3_600_000;

/**
 * Comes first: everybody who writes or presses has an account, and who may not use the bot gets no further. An
 * invitation (`/start invite-…`) lets its bringer in.
 */
export const gateFeature: Feature = {
  install(dependencies) {
    const { accounts, access } = dependencies;
    const composer = new Composer<BotContext>();
    composer.use(async (ctx, next) => {
      // Nobody's message, such as a channel's: there is nobody to answer.
      if (ctx.from === undefined) return;
      ctx.account = await accounts.meet(personOf(ctx.from));
      const standing = standingOf(ctx.account, access);
      if (standing !== 'blocked') {
        const invitation = await takeInvitation(dependencies, ctx.from.id, startParameter(ctx));
        if (invitation === 'invalid') {
          await ctx.reply(ctx.say('invitation-invalid'));
          return;
        }
        if (invitation !== null && standing === 'uninvited') return next();
      }
      if (standing === 'welcome') return next();
      await refuse(ctx, standing, dependencies);
    });
    return composer;
  },
};

/** What stands behind `/start`, as a link to the bot carries it. */
function startParameter(ctx: BotContext): string {
  return /^\/start(?:@\w+)? +(\S+)/.exec(ctx.message?.text ?? '')?.[1] ?? '';
}

/** Every press is answered; a message once in a while, and in private only. */
async function refuse(
  ctx: BotContext,
  standing: Exclude<Standing, 'welcome'>,
  { accounts }: BotDependencies,
): Promise<void> {
  const text = ctx.say(`access-${standing}`, { id: String(ctx.account.id) });
  if (ctx.callbackQuery !== undefined) await ctx.answerCallbackQuery({ text, show_alert: true });
  else if (ctx.inlineQuery !== undefined)
    await ctx.answerInlineQuery([], { is_personal: true, cache_time: 60 });
  else if (ctx.chat?.type === 'private' && (await accounts.noteRefusal(ctx.account.id, quietMs))) {
    await ctx.reply(text);
  }
}
