import type { BotContext, BotDependencies } from '../../context.ts';
import { seesEverything } from './admins.ts';
import { enginePage, formatsPage, languagePage, mainPage, type Page, type SettingsView } from './view.ts';

/** Returns a page of a group's current settings. */
export async function viewOf(
  { groups, reports, accounts }: BotDependencies,
  ctx: BotContext,
  chatId: number,
  page: Page,
): Promise<SettingsView> {
  const settings = await groups.settings(chatId);
  switch (page) {
    case 'main': {
      if (settings.automaticBy === null) return mainPage(ctx, settings, null, false);
      const payer = await accounts.find(settings.automaticBy);
      return mainPage(ctx, settings, payer?.firstName ?? null, !(await seesEverything(ctx)));
    }
    case 'engine':
      return enginePage(ctx, settings, await reports.offers());
    case 'formats':
      return formatsPage(ctx, settings);
    case 'language':
      return languagePage(ctx, settings);
  }
}
