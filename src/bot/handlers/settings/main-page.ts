import { engineNames } from '../../../domain/engine-names.ts';
import { textLanguage } from '../../../domain/languages.ts';
import { languageName } from '../../../texts/format.ts';
import { button, type Chosen, type SettingsPage, type SettingsReader } from './view.ts';

/** Returns the first page: the current choices, with a button to change each. */
export function settingsMainPage({ say, languageCode }: SettingsReader, chosen: Chosen): SettingsPage {
  const { documents, engine, language, speech } = chosen;
  const formats = documents.formats.map((format) => format.toUpperCase()).join(' ');
  const engineName =
    engine === null ? say('settings-engine-ask') : engineNames[engine][textLanguage(languageCode)];
  const speechName = speech === null ? say('language-auto') : languageName(languageCode, speech);
  return {
    text: say('settings-main'),
    rows: [
      [button(say('settings-engine', { engine: engineName }), 'engine')],
      [button(say('settings-speech', { language: speechName }), 'speech')],
      [button(say('settings-attached', { formats, count: documents.formats.length }), 'formats')],
      [button(say('settings-look'), 'look')],
      [button(say('settings-language', { language: language ?? 'telegram' }), 'language')],
      [{ text: say('settings-retention'), callback_data: 'mydata:retention' }],
      [button(say('settings-reset'), 'reset')],
    ],
  };
}
