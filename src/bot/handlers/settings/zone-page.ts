import { offeredZones, zoneValue } from '../../../domain/time-zone.ts';
import { inRows } from '../../../lib/in-rows.ts';
import { formatTimeOfDay } from '../../../texts/format.ts';
import {
  type Chosen,
  renderBackButton,
  renderOption,
  type SettingsPage,
  type SettingsReader,
} from './view.ts';

const zonesPerRow = 2;

/** Returns the page of time zones, each with the time there now, by which users recognise theirs. */
export function renderZonePage(
  reader: SettingsReader,
  { documents }: Chosen,
  now: Date = new Date(),
): SettingsPage {
  const { say, languageCode } = reader;
  const zones = offeredZones.map((zone) => {
    const city = say(`zone-${zoneValue(zone)}`);
    const clock = formatTimeOfDay(languageCode, now, zone);
    return renderOption(`${city} · ${clock}`, documents.timeZone === zone, `zone:${zoneValue(zone)}`);
  });
  const guess = renderOption(say('settings-zone-guess'), documents.timeZone === undefined, 'zone:guess');
  return {
    text: say('settings-zone-page'),
    rows: [[guess], ...inRows(zones, zonesPerRow), renderBackButton(reader)],
  };
}
