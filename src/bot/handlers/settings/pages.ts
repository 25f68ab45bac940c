import type { EngineReports } from '../../../app/ports/engine-reports.ts';
import type { LanguageModelProfile } from '../../../app/ports/language-model.ts';
import { renderLanguageKeyboard } from '../language/view.ts';
import { renderEnginePage } from './engine-page.ts';
import { renderFormatsPage } from './formats-page.ts';
import { renderLanguagePage } from './language-page.ts';
import { renderLookPage } from './look-page.ts';
import { renderSettingsMainPage } from './main-page.ts';
import {
  type Chosen,
  renderBackButton,
  renderButton,
  type SettingsPage,
  type SettingsReader,
} from './view.ts';
import { renderZonePage } from './zone-page.ts';

/** The dependencies of all pages. */
export type PagesDependencies = {
  readonly reports: EngineReports;
  /** Null: there is no language model. */
  readonly languageModelProfile: LanguageModelProfile | null;
};

/** The pages by their names, which are in the callback data of their buttons. */
export const settingsPages = {
  main: renderSettingsMainPage,
  formats: renderFormatsPage,
  look: (reader, chosen, { languageModelProfile }) =>
    renderLookPage(reader, chosen, languageModelProfile !== null),
  engine: async (reader, chosen, { reports }) => renderEnginePage(reader, chosen, await reports.offers()),
  language: renderLanguagePage,
  zone: (reader, chosen) => renderZonePage(reader, chosen),
  speech: (reader, { speech }) => ({
    text: reader.say('language-ask'),
    rows: [...renderLanguageKeyboard(reader, speech), renderBackButton(reader)],
  }),
  reset: (reader) => ({
    text: reader.say('settings-reset-page'),
    rows: [[renderButton(reader.say('settings-reset-yes'), 'reset:yes')], renderBackButton(reader)],
  }),
} as const satisfies Readonly<
  Record<
    string,
    (
      reader: SettingsReader,
      chosen: Chosen,
      dependencies: PagesDependencies,
    ) => SettingsPage | Promise<SettingsPage>
  >
>;

export type SettingsPageName = keyof typeof settingsPages;

/** Returns true for the name of a page. */
export function isPageName(name: string): name is SettingsPageName {
  return Object.hasOwn(settingsPages, name);
}
