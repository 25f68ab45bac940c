import { type ChoiceName, choiceValues, nextValue } from '../../../domain/document-choice.ts';
import {
  type Chosen,
  renderBackButton,
  renderButton,
  type SettingsPage,
  type SettingsReader,
} from './view.ts';

/**
 * Returns the page of how texts and documents are written: a press on an option switches it to its
 * next value.
 * @param hasLanguageModel false: what it makes is not among the options
 */
export function renderLookPage(
  reader: SettingsReader,
  { documents }: Chosen,
  hasLanguageModel: boolean,
): SettingsPage {
  const all = Object.keys(choiceValues) as ChoiceName[];
  const names = all.filter((name) => hasLanguageModel || name !== 'summary');
  return {
    text: reader.say('settings-look-page'),
    rows: [
      ...names.map((name) => [
        renderButton(
          reader.say(`settings-${name}`, { value: documents[name] }),
          `${name}:${nextValue(documents, name)}`,
        ),
      ]),
      renderBackButton(reader),
    ],
  };
}
