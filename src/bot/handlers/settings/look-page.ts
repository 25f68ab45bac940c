import { type ChoiceName, choiceValues, nextValue } from '../../../domain/document-choice.ts';
import { back, button, type Chosen, type SettingsPage, type SettingsReader } from './view.ts';

/**
 * Returns the page of how texts and documents are written: a press on an option switches it to its
 * next value.
 */
export function lookPage(reader: SettingsReader, { documents }: Chosen): SettingsPage {
  const names = Object.keys(choiceValues) as ChoiceName[];
  return {
    text: reader.say('settings-look-page'),
    rows: [
      ...names.map((name) => [
        button(
          reader.say(`settings-${name}`, { value: documents[name] }),
          `${name}:${nextValue(documents, name)}`,
        ),
      ]),
      back(reader),
    ],
  };
}
