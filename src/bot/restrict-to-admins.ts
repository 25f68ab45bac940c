import { Composer } from 'grammy';
import { type AccessRules, isAdmin } from '../domain/account.ts';
import type { BotContext } from './context.ts';

/** Returns handlers that run for admins in their private chat. For other users they do not exist. */
export function restrictToAdmins(
  access: AccessRules,
  ...handlers: readonly Composer<BotContext>[]
): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer
    .chatType('private')
    .filter((ctx) => isAdmin(ctx.account, access))
    .use(...handlers);
  return composer;
}
