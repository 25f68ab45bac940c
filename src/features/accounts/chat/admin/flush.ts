import { Composer } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { BotContext } from '../../../../bot/context.ts';
import { readQueueFiles, renderQueueLines } from '../../../../bot/handlers/queue/view.ts';
import { type ReaderDependencies, readerOf } from '../../../../bot/reader.ts';
import type { Account } from '../../../../domain/account.ts';
import { isolate } from '../../../../texts/format.ts';
import { cancelFiles, type FreeLaneDependencies, forceRelease } from '../../force-release.ts';
import type { Accounts } from '../../store/accounts.ts';
import { findPressedSubject, subjectOf } from './subject.ts';

/** Callback data of the buttons: `admin:queue:123` shows the lane, the others change it. */
const press = /^admin:(queue|give-back|cancel-all):(\d+)$/;

export type FlushDependencies = FreeLaneDependencies & ReaderDependencies & { readonly accounts: Accounts };

/** Creates the handlers of `/flush WHO`: a user's lane, and two ways to free it when it hangs. */
export function createFlushFeature(dependencies: FlushDependencies): Composer<BotContext> {
  const { accounts } = dependencies;
  const composer = new Composer<BotContext>();
  const act = async (action: string, actor: number, subject: number) => {
    if (action === 'give-back')
      return { key: `admin-chat-${await forceRelease(dependencies, actor, subject)}`, count: 0 };
    if (action === 'queue') return { key: 'admin-chat-shown', count: 0 };
    return { key: 'cancel-all', count: await cancelFiles(dependencies, actor, subject) };
  };
  composer.command('flush', async (ctx) => {
    const subject = await subjectOf(ctx, accounts);
    if (subject !== null) await ctx.reply(...(await queue(ctx, subject.account, dependencies)));
  });
  composer.callbackQuery(press, async (ctx) => {
    const [, action = '', id = ''] = ctx.match;
    const account = await findPressedSubject(ctx, accounts, id);
    if (account === null) return;
    const { key, count } = await act(action, ctx.account.id, account.id);
    await ctx.answerCallbackQuery(ctx.say(key, { count }));
    const [text, other] = await queue(ctx, account, dependencies);
    if (text !== ctx.callbackQuery.message?.text) await ctx.editMessageText(text, other);
  });
  return composer;
}

async function queue(
  ctx: BotContext,
  { id, firstName }: Account,
  dependencies: FlushDependencies,
): Promise<[string, { reply_markup: InlineKeyboardMarkup }]> {
  const files = await readQueueFiles(dependencies.lanes, id);
  const lines = renderQueueLines(readerOf(dependencies, ctx, {}), files);
  const button = (action: string) => ({
    text: ctx.say(`admin-chat-button-${action}`),
    callback_data: `admin:${action}:${id}`,
  });
  const rows = lines.length === 0 ? [] : [[button('give-back')], [button('cancel-all')]];
  const back = [{ text: ctx.say('settings-back'), callback_data: `admin:show:${id}` }];
  const title = ctx.say(lines.length === 0 ? 'admin-chat-queue-empty' : 'admin-chat-queue', {
    name: isolate(firstName),
  });
  return [[title, ...lines].join('\n'), { reply_markup: { inline_keyboard: [...rows, back] } }];
}
