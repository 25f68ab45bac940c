import { dateTimeFormat } from '../../../../domain/formats.ts';

/** A day of a calendar, without a time zone. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };

const dayMs = 86_400_000;
const inUtc = { timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' } as const;

/** Returns a Gregorian day as a number of days since 1970-01-01. */
export function dayNumber({ year, month, day }: Day): number {
  return Math.round(Date.UTC(year, month - 1, day) / dayMs);
}

/** Returns the Gregorian day of a number of days since 1970-01-01. */
export function gregorianOf(number: number): Day {
  const date = new Date(number * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Returns the day of the solar Hijri calendar. */
export function jalaliOf(number: number): Day {
  const values = new Map(
    dateTimeFormat('en-u-ca-persian-nu-latn', inUtc)
      .formatToParts(new Date(number * dayMs))
      .map(({ type, value }) => [type, value]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => Number.parseInt(values.get(type) ?? '', 10);
  return { year: read('year'), month: read('month'), day: read('day') };
}

/** Days of the first six months and of the others; the last month has 29 or 30. */
const longMonth = 31;
const shortMonth = 30;

/** Returns the number of a day of the solar Hijri calendar; null when there is no such day. */
export function numberOfJalali({ year, month, day }: Day): number | null {
  const before = month <= 7 ? (month - 1) * longMonth : 6 * longMonth + (month - 7) * shortMonth;
  // The year begins on the 19th to the 22nd of March.
  const guess = dayNumber({ year: year + 621, month: 3, day: 21 }) + before + day - 1;
  for (const offset of [0, 1, -1, 2, -2]) {
    const found = jalaliOf(guess + offset);
    if (found.year === year && found.month === month && found.day === day) return guess + offset;
  }
  return null;
}

/** Returns the number of a Gregorian day; null when there is no such day. */
export function numberOfGregorian(day: Day): number | null {
  const number = dayNumber(day);
  const { year, month, day: dayOfMonth } = gregorianOf(number);
  return year === day.year && month === day.month && dayOfMonth === day.day ? number : null;
}

/** Returns a day as `YYYY-MM-DD`. */
export function formatIsoDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Returns the day that a clock in a time zone shows. @param timeZone IANA */
export function dayIn(timeZone: string, at: Date): number {
  const format = dateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const [year = 0, month = 1, day = 1] = format.format(at).split('-').map(Number);
  return dayNumber({ year, month, day });
}
