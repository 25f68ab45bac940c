import { isolateName } from '../domain/bidi-controls.ts';
import { clockTime } from '../domain/clock-time.ts';
import type { Cost } from '../domain/engine.ts';
import { dateTimeFormat, displayNames, listFormat, numberFormat } from '../domain/formats.ts';
import { textLanguage } from '../domain/languages.ts';
import { writeDigits } from '../domain/persian/digits.ts';
import type { Texts } from './texts.ts';

/**
 * Isolates a foreign name (of a file or an engine), so that it cannot reorder the text around it
 * (UAX #9, FSI).
 */
export const isolate = isolateName;

/** Returns a duration in words, such as "1 min 20 s"; hours leave out the seconds. */
export function formatDuration(texts: Texts, languageCode: string | null, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return texts(languageCode, 'duration-hours', { hours, minutes });
  if (minutes > 0) return texts(languageCode, 'duration-minutes', { minutes, seconds: whole % 60 });
  // Users like to see speed, so short times keep one decimal.
  return texts(languageCode, 'duration-seconds', {
    seconds: seconds < 10 ? Math.max(0.1, Math.round(seconds * 10) / 10) : whole,
  });
}

/** Returns the length of audio, to the second as players show it; one second at least. */
export function formatLength(texts: Texts, languageCode: string | null, seconds: number): string {
  return formatDuration(texts, languageCode, Math.max(1, Math.round(seconds)));
}

/** Returns a language's name in the user's language. */
export function languageName(languageCode: string | null, language: string): string {
  return displayNames(textLanguage(languageCode), { type: 'language' }).of(language) ?? language;
}

/** Returns an amount of money with as many digits as it needs: `$0.0073`, `۱٬۲۳۴ تومان`. */
export function formatMoney(texts: Texts, languageCode: string | null, { amount, currency }: Cost): string {
  // Three digits of a small price, and every whole toman of a large one.
  const options = {
    maximumFractionDigits: 0,
    maximumSignificantDigits: 3,
    roundingPriority: 'morePrecision',
  } as const;
  const written = numberFormat(calendarLocale(languageCode), options).format(amount);
  return texts(languageCode, `price-${currency}`, { amount: written });
}

/**
 * Returns ranges of audio, given in seconds, as clock times such as "0:50–1:40 and 3:20–4:10"; at
 * most the first five.
 */
export function formatTimeRanges(
  texts: Texts,
  languageCode: string | null,
  ranges: readonly { readonly start: number; readonly end: number }[],
): string {
  const digits = textLanguage(languageCode) === 'fa' ? 'persian' : 'latin';
  const clock = (seconds: number) => writeDigits(clockTime(seconds), digits);
  const words = ranges
    .slice(0, maxRanges)
    .map(({ start, end }) => texts(languageCode, 'time-range', { from: clock(start), to: clock(end) }));
  if (ranges.length > maxRanges) words.push('…');
  return listFormat(calendarLocale(languageCode), { type: 'unit' }).format(words);
}

/** Maximum number of ranges listed; a longer list would not be read. */
const maxRanges = 5;

/** Returns date and time in the calendar of the user's language: Jalali in Persian. */
export function formatDateTime(languageCode: string | null, date: Date, timeZone: string): string {
  return dateTimeFormat(calendarLocale(languageCode), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(date);
}

/** Returns the time of day, such as "14:05", in the digits of the user's language. */
export function formatTimeOfDay(languageCode: string | null, date: Date, timeZone: string): string {
  return dateTimeFormat(calendarLocale(languageCode), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(date);
}

/**
 * Returns date and time for a file's name, in an order that sorts: `2026-11-22 16-45`, `۱۴۰۵.۰۹.۰۱
 * ۲۰.۱۵`. After Persian letters, hyphens would reverse the parts of a date (UAX #9, W4); full stops
 * keep their order.
 */
export function formatDateStamp(languageCode: string | null, date: Date, timeZone: string): string {
  const separator = textLanguage(languageCode) === 'fa' ? '.' : '-';
  const fields = dateTimeFormat(calendarLocale(languageCode), {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(date);
  const formatFields = (...types: Intl.DateTimeFormatPartTypes[]) =>
    types.map((type) => fields.find((field) => field.type === type)?.value ?? '').join(separator);
  return `${formatFields('year', 'month', 'day')} ${formatFields('hour', 'minute')}`;
}

function calendarLocale(languageCode: string | null): string {
  return textLanguage(languageCode) === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
}

/** Returns a percentage such as `42%`, with the digits of the language. */
export function formatPercent(texts: Texts, languageCode: string | null, fraction: number): string {
  return texts(languageCode, 'percent', { number: Math.floor(Math.min(1, Math.max(0, fraction)) * 100) });
}

/**
 * Returns bytes in megabytes of 2^20 bytes, as Telegram counts them; with one decimal below a
 * hundred.
 */
export function formatMegabytes(texts: Texts, languageCode: string | null, bytes: number): string {
  const size = bytes / 2 ** 20;
  const number = size < 100 ? Math.round(size * 10) / 10 : Math.round(size);
  return texts(languageCode, 'megabytes', { number });
}
