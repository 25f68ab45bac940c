import { documentFormats, formatName } from '../../../domain/document.ts';
import { inRows } from '../../../lib/in-rows.ts';
import {
  type Chosen,
  renderBackButton,
  renderOption,
  type SettingsPage,
  type SettingsReader,
} from './view.ts';

const formatsPerRow = 4;

/** Returns the page of documents that are attached to every transcript. */
export function renderFormatsPage(reader: SettingsReader, { documents }: Chosen): SettingsPage {
  const buttons = documentFormats.map((format) => {
    const isAttached = documents.formats.includes(format);
    return renderOption(formatName(format), isAttached, `${format}:${isAttached ? 'left-out' : 'attached'}`);
  });
  const isOnRequest = documents.formats.length === 0;
  const rows = [
    ...inRows(buttons, formatsPerRow),
    [
      renderOption(
        reader.say('button-on-request'),
        isOnRequest,
        `files:${isOnRequest ? 'with-texts' : 'on-request'}`,
      ),
    ],
  ];
  return { text: reader.say('settings-formats'), rows: [...rows, renderBackButton(reader)] };
}
