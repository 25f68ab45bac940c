import { Composer } from 'grammy';
import type { SignIns } from '../../../app/admin/file-ports.ts';
import { createSignInLink } from '../../../app/admin/sign-in.ts';
import type { BotContext } from '../../context.ts';

export type AdminPageDependencies = {
  readonly adminPage: {
    readonly signIns: SignIns;
    /** Resolves to the page's address as soon as the web server of this process listens. */
    address(): Promise<string>;
  };
};

/** Creates the handler of `/admin`: a link to the admin page that works once. */
export function createAdminPageFeature({ adminPage }: AdminPageDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('admin', async (ctx) => {
    if (ctx.from === undefined) return;
    const link = `${await adminPage.address()}/enter/${await createSignInLink(adminPage.signIns, ctx.from.id)}`;
    await ctx.reply(ctx.say('admin-link', { link }), {
      protect_content: true,
      link_preview_options: { is_disabled: true },
    });
  });
  return composer;
}
