/** Time zone of users whose Telegram is in Persian, until they choose another one. */
const zoneOfPersian = 'Asia/Tehran';

/**
 * IANA time zones that /settings offers: those of most Persian speakers, and one for every hour of the rest of the
 * world where many people live.
 */
export const offeredZones = [
  'Asia/Tehran',
  'Asia/Kabul',
  'Asia/Dushanbe',
  'Asia/Dubai',
  'Asia/Baghdad',
  'Europe/Istanbul',
  'Europe/Moscow',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
] as const;

/**
 * Returns the IANA time zone in which a user reads dates and times: the chosen one, else Iran's for Persian, else the
 * server's.
 */
export function timeZoneOf(
  languageCode: string | null,
  { timeZone }: { readonly timeZone?: string },
  serverZone: string,
): string {
  if (timeZone !== undefined) return timeZone;
  return languageCode?.toLowerCase().split('-')[0] === 'fa' ? zoneOfPersian : serverZone;
}

/** Returns a time zone as callback data, which has no slash: `Asia-Tehran`. */
export function zoneValue(zone: string): string {
  return zone.replace('/', '-');
}
