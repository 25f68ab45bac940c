import type { User } from 'grammy/types';
import type { EngineReports } from '../../../../app/ports/engine-reports.ts';
import type { BotContext } from '../../../../bot/context.ts';
import { accountOf, chatOf } from '../../../../bot/upload.ts';
import type { Accounts } from '../../../accounts/index.ts';
import { changeGroup, readGroupChange } from '../../group-change.ts';
import type { Groups } from '../../store.ts';
import { canSeeEverything, isByAdmin, isGroupAdmin } from '../admins.ts';
import {
  type GroupPage,
  groupPages,
  renderGroupEnginePage,
  renderGroupFormatsPage,
  renderGroupLanguagePage,
  renderGroupMainPage,
  type SettingsView,
} from './view.ts';

/** Callback data of the settings: the name of a page, or a change. */
export const settingsPress = /^groups:(\w+)(?::(\w+))?$/;

export type GroupSettingsDependencies = {
  readonly groups: Groups;
  readonly reports: EngineReports;
  readonly accounts: Accounts;
};

/** Handles /settings in a group. Only the group's admins may use it. */
export async function showSettings(dependencies: GroupSettingsDependencies, ctx: BotContext): Promise<void> {
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
  dependencies: GroupSettingsDependencies,
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
  if (!(await isGroupAdmin(ctx, ctx.from.id))) {
    await ctx.answerCallbackQuery({ text: ctx.say('groups-admins-only'), show_alert: true });
    return;
  }
  if (change !== null) {
    await dependencies.accounts.upsert(accountOf(ctx.from));
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

/** Returns a page of a group's current settings. */
async function viewOf(
  { groups, reports, accounts }: GroupSettingsDependencies,
  ctx: BotContext,
  chatId: number,
  page: GroupPage,
): Promise<SettingsView> {
  const settings = await groups.settings(chatId);
  switch (page) {
    case 'main': {
      if (settings.automaticBy === null) return renderGroupMainPage(ctx, settings, null, false);
      const payer = await accounts.find(settings.automaticBy);
      return renderGroupMainPage(ctx, settings, payer?.firstName ?? null, !(await canSeeEverything(ctx)));
    }
    case 'engine':
      return renderGroupEnginePage(ctx, settings, await reports.offers());
    case 'formats':
      return renderGroupFormatsPage(ctx, settings);
    case 'language':
      return renderGroupLanguagePage(ctx, settings);
  }
}
