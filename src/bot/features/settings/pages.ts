import type { BotDependencies } from '../../context.ts';
import { languageKeyboard } from '../language/view.ts';
import { enginePage } from './engine-page.ts';
import { formatsPage } from './formats-page.ts';
import { languagePage } from './language-page.ts';
import { lookPage } from './look-page.ts';
import { mainPage } from './main-page.ts';
import { back, button, type Chosen, type Page, type Reader } from './view.ts';

/** The pages by their names, which are in the callback data of their buttons. */
export const pages = {
  main: mainPage,
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
  Record<string, (reader: Reader, chosen: Chosen, dependencies: BotDependencies) => Page | Promise<Page>>
>;

export type PageName = keyof typeof pages;

/** Returns true for the name of a page. */
export function isPageName(name: string): name is PageName {
  return Object.hasOwn(pages, name);
}
