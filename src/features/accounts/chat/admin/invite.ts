import { Composer } from 'grammy';
import type { BotContext } from '../../../../bot/context.ts';
import type { AccessRules } from '../../../../domain/account.ts';
import { typedNumber } from '../../../../domain/persian/digits.ts';
import { isolate } from '../../../../texts/format.ts';
import { type InviteDependencies, invite, maxUses } from '../../invitation.ts';

/** Creates the handler of `/invite` and `/invite 20`: a link that admits that many users. */
export function createInviteFeature(
  dependencies: InviteDependencies & { readonly access: AccessRules },
): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('invite', async (ctx) => {
    const uses = ctx.match.trim() === '' ? 1 : typedNumber(ctx.match);
    if (uses === null || uses < 1 || uses > maxUses) {
      await ctx.reply(ctx.say('admin-chat-invite-how', { max: maxUses }));
      return;
    }
    const code = await invite(dependencies, ctx.account.id, uses);
    const link = isolate(`https://t.me/${ctx.me.username}?start=${code}`);
    const lines = [ctx.say('admin-chat-invitation', { uses, link })];
    if (dependencies.access.access !== 'invitation') lines.push(ctx.say('admin-chat-invite-needless'));
    await ctx.reply(lines.join('\n\n'), { link_preview_options: { is_disabled: true } });
  });
  return composer;
}
