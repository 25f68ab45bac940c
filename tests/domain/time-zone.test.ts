import { expect, test } from 'vitest';
import { changedChoice, defaultChoice } from '../../src/domain/document-choice.ts';
import { offeredZones, timeZoneOf, zoneValue } from '../../src/domain/time-zone.ts';

test('a user reads times in the chosen zone, else in Iran’s for Persian, else in the server’s', () => {
  expect(timeZoneOf('fa', {}, 'UTC')).toBe('Asia/Tehran');
  expect(timeZoneOf('fa-AF', {}, 'UTC')).toBe('Asia/Tehran');
  expect(timeZoneOf('en', {}, 'UTC')).toBe('UTC');
  expect(timeZoneOf(null, {}, 'UTC')).toBe('UTC');
  expect(timeZoneOf('fa', { timeZone: 'Europe/Berlin' }, 'UTC')).toBe('Europe/Berlin');
});

test('every offered time zone exists, and is chosen by its value', () => {
  for (const zone of offeredZones) {
    expect(new Intl.DateTimeFormat('en', { timeZone: zone })).toBeDefined();
    expect(changedChoice(defaultChoice, 'zone', zoneValue(zone))?.timeZone).toBe(zone);
  }
  const chosen = { ...defaultChoice, timeZone: 'Asia/Dubai' };
  expect(changedChoice(chosen, 'zone', 'guess')).toEqual(defaultChoice);
  expect(changedChoice(chosen, 'zone', 'Mars-Olympus')).toBeNull();
});
