import type { InlineKeyboardButton } from 'grammy/types';
import { formatName } from '../../../domain/document.ts';
import { engineNames } from '../../../domain/engine-names.ts';
import { textLanguage } from '../../../domain/languages.ts';
import { zoneValue } from '../../../domain/time-zone.ts';
import { languageName } from '../../../texts/format.ts';
import { type Chosen, renderButton, type SettingsPage, type SettingsReader } from './view.ts';

/** Returns the first page: the current choices, with a button to change each. */
export function renderSettingsMainPage({ say, languageCode }: SettingsReader, chosen: Chosen): SettingsPage {
  const { documents, engine, language, speech, offersBundles } = chosen;
  const formats = documents.formats.map(formatName).join(' · ');
  const engineName =
    engine === null ? say('settings-engine-ask') : engineNames[engine][textLanguage(languageCode)];
  const speechName = speech === null ? say('language-auto') : languageName(languageCode, speech);
  const zoneName =
    documents.timeZone === undefined
      ? say('settings-zone-guess')
      : say(`zone-${zoneValue(documents.timeZone)}`);
  return {
    text: say('settings-main'),
    rows: [
      [renderButton(say('settings-engine', { engine: engineName }), 'engine')],
      [renderButton(say('settings-speech', { language: speechName }), 'speech')],
      [renderButton(say('settings-attached', { formats, count: documents.formats.length }), 'formats')],
      [renderButton(say('settings-look'), 'look')],
      [renderBundlesButton(say, offersBundles)],
      [renderButton(say('settings-language', { language: language ?? 'telegram' }), 'language')],
      [renderButton(say('settings-zone', { zone: zoneName }), 'zone')],
      [{ text: say('settings-retention'), callback_data: 'mydata:retention' }],
      [{ text: say('settings-voices'), callback_data: 'speakers:voices' }],
      [renderButton(say('settings-reset'), 'reset')],
    ],
  };
}

/** Returns the switch of the offer of one document; a tap changes it. */
function renderBundlesButton(say: SettingsReader['say'], isOn: boolean): InlineKeyboardButton {
  return renderButton(
    say('settings-bundles', { value: isOn ? 'on' : 'off' }),
    `bundles:${isOn ? 'off' : 'on'}`,
  );
}
