import { textLanguages } from '../../../domain/languages.ts';
import { back, type Chosen, option, type SettingsPage, type SettingsReader } from './view.ts';

/**
 * Returns the page of Dabir's languages. Each has its own name on its button, so that users find
 * theirs whatever the current one is.
 */
export function languagePage(reader: SettingsReader, { language }: Chosen): SettingsPage {
  const { say } = reader;
  return {
    text: say('settings-language-page'),
    rows: [
      ...textLanguages.map((code) => [
        option(say(`settings-language-${code}`), code === language, `language:${code}`),
      ]),
      [option(say('settings-language-telegram'), language === null, 'language:telegram')],
      back(reader),
    ],
  };
}
