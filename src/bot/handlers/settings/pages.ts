import type { EngineReports } from '../../../app/ports/engine-reports.ts';
import { languageKeyboard } from '../language/view.ts';
import { enginePage } from './engine-page.ts';
import { formatsPage } from './formats-page.ts';
import { languagePage } from './language-page.ts';
import { lookPage } from './look-page.ts';
import { settingsMainPage } from './main-page.ts';
import { back, button, type Chosen, type SettingsPage, type SettingsReader } from './view.ts';

/** The pages by their names, which are in the callback data of their buttons. */
export const settingsPages = {
  main: settingsMainPage,
  formats: formatsPage,
  look: lookPage,
  engine: async (reader, chosen, { reports }) => enginePage(reader, chosen, await reports.offers()),
  language: languagePage,
  speech: (reader, { speech }) => ({
    text: reader.say('language-ask'),
    rows: [...languageKeyboard(reader, speech), back(reader)],
  }),
  reset: (reader) => ({
    text: reader.say('settings-reset-page'),
    rows: [[button(reader.say('settings-reset-yes'), 'reset:yes')], back(reader)],
  }),
} as const satisfies Readonly<
  Record<
    string,
    (
      reader: SettingsReader,
      chosen: Chosen,
      dependencies: { readonly reports: EngineReports },
    ) => SettingsPage | Promise<SettingsPage>
  >
>;

export type SettingsPageName = keyof typeof settingsPages;

/** Returns true for the name of a page. */
export function isPageName(name: string): name is SettingsPageName {
  return Object.hasOwn(settingsPages, name);
}
