import type { BotContext } from '../../../../bot/context.ts';
import type { Account } from '../../../../domain/account.ts';
import { typedNumber } from '../../../../domain/persian/digits.ts';
import type { Accounts } from '../../store/accounts.ts';

/** The account that a command names, and the words after it. */
export type Subject = { readonly account: Account; readonly rest: readonly string[] };

/**
 * Returns the account that a command names: by an id or @username after it, or by replying to a
 * message that was forwarded from that user. Messenger and resolves to null when there is no such
 * account.
 */
export async function subjectOf(
  ctx: BotContext & { match?: string | RegExpMatchArray | undefined },
  accounts: Accounts,
): Promise<Subject | null> {
  const words = typeof ctx.match === 'string' ? ctx.match.split(/\s+/).filter(Boolean) : [];
  const origin = ctx.message?.reply_to_message?.forward_origin;
  if (origin !== undefined) {
    const account = origin.type === 'user' ? await accounts.find(origin.sender_user.id) : null;
    if (account !== null) return { account, rest: words };
  }
  const [name = '', ...rest] = words;
  const account = await named(name, accounts);
  if (account !== null) return { account, rest };
  const hidden = origin !== undefined && origin.type !== 'user' && words.length === 0;
  await ctx.reply(
    ctx.say(hidden ? 'admin-chat-hidden' : name === '' ? 'admin-chat-whom' : 'admin-chat-nobody'),
  );
  return null;
}

async function named(name: string, accounts: Accounts): Promise<Account | null> {
  const id = typedNumber(name);
  if (id !== null) return accounts.find(id);
  const username = /^@?(\w{1,64})$/.exec(name)?.[1];
  return username === undefined ? null : accounts.findByName(username);
}

/**
 * Returns the account named in callback data (`admin:…:ID`). Answers the press and resolves to null
 * when it does not exist.
 */
export async function findPressedSubject(
  ctx: BotContext,
  accounts: Accounts,
  id: string,
): Promise<Account | null> {
  const account = /^\d{1,15}$/.test(id) ? await accounts.find(Number(id)) : null;
  if (account === null) await ctx.answerCallbackQuery(ctx.say('answer-unknown'));
  return account;
}
