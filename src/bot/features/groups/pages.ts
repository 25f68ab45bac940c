import type { BotContext, BotDependencies } from '../../context.ts';
import { seesEverything } from './admins.ts';
import {
  type GroupPage,
  groupEnginePage,
  groupFormatsPage,
  groupLanguagePage,
  groupMainPage,
  type SettingsView,
} from './view.ts';

/** Returns a page of a group's current settings. */
export async function viewOf(
  { groups, reports, accounts }: BotDependencies,
  ctx: BotContext,
  chatId: number,
  page: GroupPage,
): Promise<SettingsView> {
  const settings = await groups.settings(chatId);
  switch (page) {
    case 'main': {
      if (settings.automaticBy === null) return groupMainPage(ctx, settings, null, false);
      const payer = await accounts.find(settings.automaticBy);
      return groupMainPage(ctx, settings, payer?.firstName ?? null, !(await seesEverything(ctx)));
    }
    case 'engine':
      return groupEnginePage(ctx, settings, await reports.offers());
    case 'formats':
      return groupFormatsPage(ctx, settings);
    case 'language':
      return groupLanguagePage(ctx, settings);
  }
}
