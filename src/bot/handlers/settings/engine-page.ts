import { engineNames } from '../../../domain/engine-names.ts';
import { textLanguage } from '../../../domain/languages.ts';
import type { EngineOffer } from '../../../domain/status.ts';
import {
  type Chosen,
  renderBackButton,
  renderOption,
  type SettingsPage,
  type SettingsReader,
} from './view.ts';

/** Returns the page of the default engine, with the engines that are available now. */
export function renderEnginePage(
  reader: SettingsReader,
  { engine }: Chosen,
  offers: readonly EngineOffer[],
): SettingsPage {
  const language = textLanguage(reader.languageCode);
  return {
    text: reader.say('settings-engine-page'),
    rows: [
      [renderOption(reader.say('settings-engine-ask'), engine === null, 'engine:ask')],
      ...offers.map(({ id }) => [renderOption(engineNames[id][language], id === engine, `engine:${id}`)]),
      renderBackButton(reader),
    ],
  };
}
