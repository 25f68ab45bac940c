import type { User } from 'grammy/types';
import { changeGroup } from '../../../app/groups/change-group.ts';
import { readGroupChange } from '../../../domain/group-change.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import { chatOf, personOf } from '../../upload.ts';
import { isByAdmin, runsGroup } from './admins.ts';
import { viewOf } from './pages.ts';
import { groupPages } from './view.ts';

/** Callback data of the settings: the name of a page, or a change. */
export const settingsPress = /^groups:(\w+)(?::(\w+))?$/;

/** Handles /settings in a group. Only the group's admins may use it. */
export async function showSettings(dependencies: BotDependencies, ctx: BotContext): Promise<void> {
  const { message } = ctx;
  if (message === undefined) return;
  const reply_parameters = { message_id: message.message_id, allow_sending_without_reply: true };
  if (!(await isByAdmin(ctx, message))) {
    await ctx.reply(ctx.say('groups-admins-only'), { reply_parameters });
    return;
  }
  const { text, reply_markup } = await viewOf(dependencies, ctx, message.chat.id, 'main');
  await ctx.reply(text, { reply_parameters, reply_markup });
}

/** Handles a press in the settings. Refuses users who are not admins of the group. */
export async function pressSettings(
  dependencies: BotDependencies,
  ctx: BotContext & { from: User },
  [, name = '', value]: readonly (string | undefined)[],
): Promise<void> {
  const { chat } = ctx;
  const turned =
    value === undefined ? [...groupPages, 'close' as const].find((page) => page === name) : undefined;
  const change = value === undefined ? null : readGroupChange(name, value);
  if (chat === undefined || (turned === undefined && change === null)) {
    await ctx.answerCallbackQuery(ctx.say('answer-unknown'));
    return;
  }
  if (!(await runsGroup(ctx, ctx.from.id))) {
    await ctx.answerCallbackQuery({ text: ctx.say('groups-admins-only'), show_alert: true });
    return;
  }
  if (change !== null) {
    await dependencies.accounts.upsert(personOf(ctx.from));
    await changeGroup(dependencies.groups, chatOf(chat), ctx.from.id, change);
  }
  if (change?.what === 'automatic' && change.isOn) {
    await ctx.answerCallbackQuery({ text: ctx.say('groups-payer-you'), show_alert: true });
  } else await ctx.answerCallbackQuery(change === null ? undefined : ctx.say('settings-set'));
  if (turned === 'close') {
    await ctx.deleteMessage();
    return;
  }
  const page = turned ?? (change?.what === 'format' ? 'formats' : 'main');
  const { text, reply_markup } = await viewOf(dependencies, ctx, chat.id, page);
  await ctx.editMessageText(text, { reply_markup });
}
