import { textLanguages } from '../../../domain/languages.ts';
import {
  type Chosen,
  renderBackButton,
  renderOption,
  type SettingsPage,
  type SettingsReader,
} from './view.ts';

/**
 * Returns the page of Dabir's languages. Each has its own name on its button, so that users find
 * theirs while another one is set.
 */
export function renderLanguagePage(reader: SettingsReader, { language }: Chosen): SettingsPage {
  const { say } = reader;
  return {
    text: say('settings-language-page'),
    rows: [
      ...textLanguages.map((code) => [
        renderOption(say(`settings-language-${code}`), code === language, `language:${code}`),
      ]),
      [renderOption(say('settings-language-telegram'), language === null, 'language:telegram')],
      renderBackButton(reader),
    ],
  };
}
