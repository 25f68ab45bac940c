import { writeDigits } from '../../../../domain/persian/digits.ts';
import { writeSpokenNumbers } from '../../../../domain/persian/spoken-numbers/spoken-numbers.ts';
import { findCalendarWords } from '../checks/calendar-words.ts';
import { numbersOf } from '../checks/read-numbers.ts';
import { type TextToken, tokensOf } from '../checks/word-tokens.ts';
import type { DueDate } from '../contract.ts';
import { dayIn, formatIsoDay, gregorianOf, jalaliOf, numberOfGregorian, numberOfJalali } from './jalali.ts';
import { timeOfDay } from './time-of-day.ts';

/**
 * Computes the date that words name, from the day of the recording: «فردا», «پنجشنبهٔ هفتهٔ بعد», «۱۲ مهر», "in three
 * days", "May 5". A month without a year is the next one; a weekday is the next one after the recording. Words that name
 * no single day, such as "soon" or "next week", have no date.
 * @param timeZone IANA time zone of the user
 */
export function resolveDate(words: string, recordedAt: Date, timeZone: string): DueDate {
  const text = writeDigits(writeSpokenNumbers(words, 'latin'), 'latin');
  const tokens = tokensOf(text);
  const today = dayIn(timeZone, recordedAt);
  const day = findDay(tokens, today);
  return {
    words,
    gregorian: day === null ? null : formatIsoDay(gregorianOf(day)),
    jalali: day === null ? null : formatIsoDay(jalaliOf(day)),
    time: timeOfDay(text),
  };
}

function findDay(tokens: readonly TextToken[], today: number): number | null {
  return (
    writtenDay(tokens) ??
    dayOfMonth(tokens, today) ??
    daysFromNow(tokens, today) ??
    nearDay(tokens, today) ??
    weekday(tokens, today)
  );
}

/** `2026-12-01`, `1405/9/10`. */
function writtenDay(tokens: readonly TextToken[]): number | null {
  for (const { key, kind } of tokens) {
    const [, year, month, day] =
      (kind === 'digits' && /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(key)) || [];
    if (year === undefined) continue;
    const date = { year: Number(year), month: Number(month), day: Number(day) };
    return date.year < 1700 ? numberOfJalali(date) : numberOfGregorian(date);
  }
  return null;
}

/** «12 مهر», «مهر 12», "May 5", "5th of May 2027". */
function dayOfMonth(tokens: readonly TextToken[], today: number): number | null {
  const month = findCalendarWords(tokens).find(({ meaning }) => /^(jalali|gregorian)/.test(meaning));
  if (month === undefined) return null;
  const [calendar, ordinal] = month.meaning.split(' ');
  const numbers = numbersOf(tokens).filter(({ to, from }) => to >= month.from - 2 && from <= month.to + 3);
  const values = numbers.map(({ readings }) => Number(readings[0]));
  const day = values.find((value) => value >= 1 && value <= 31 && Number.isInteger(value));
  if (day === undefined) return null;
  const year = numbers
    .flatMap(({ readings }) => readings.map(Number))
    .find((value) => value >= 1300 && value < 2200);
  const numberOf = calendar === 'jalali' ? numberOfJalali : numberOfGregorian;
  const thisYear = calendar === 'jalali' ? jalaliOf(today).year : gregorianOf(today).year;
  if (year !== undefined) return numberOf({ year, month: Number(ordinal), day });
  const found = numberOf({ year: thisYear, month: Number(ordinal), day });
  return found !== null && found < today
    ? numberOf({ year: thisYear + 1, month: Number(ordinal), day })
    : found;
}

const later = new Set('دیگر دیگه بعد اینده later'.split(' '));
const dayWords = new Set('روز day days'.split(' '));
const weekWords = new Set('هفته week weeks'.split(' '));

/** «سه روز دیگر», «دو هفتهٔ بعد», "in three days". */
function daysFromNow(tokens: readonly TextToken[], today: number): number | null {
  for (const { from, to, readings } of numbersOf(tokens)) {
    const value = Number(readings[0]);
    const unit = tokens[to]?.key ?? '';
    const isLater =
      tokens[from - 1]?.key === 'in' || tokens.slice(to + 1, to + 3).some(({ key }) => later.has(key));
    if (!isLater || !Number.isInteger(value) || value < 1 || value > 400) continue;
    if (dayWords.has(unit)) return today + value;
    if (weekWords.has(unit)) return today + value * 7;
  }
  return null;
}

const nearDays: Readonly<Record<string, number>> = {
  today: 0,
  tomorrow: 1,
  yesterday: -1,
  'after tomorrow': 2,
  'before yesterday': -2,
};

/** «فردا», "the day after tomorrow", «امشب». */
function nearDay(tokens: readonly TextToken[], today: number): number | null {
  const keys = tokens.map(({ key }) => key);
  const found = findCalendarWords(tokens).find(({ meaning }) => nearDays[meaning] !== undefined);
  if (found !== undefined) {
    const isAfter = found.meaning === 'tomorrow' && keys.slice(0, found.from).includes('after');
    return today + (nearDays[found.meaning] ?? 0) + Number(isAfter);
  }
  return keys.some((key) => key === 'امشب' || key === 'tonight') ? today : null;
}

const nextWords = new Set('بعد بعدی اینده دیگر دیگه'.split(' '));

/** Weekdays count from Saturday, with which the Persian week begins; a week in English begins with Monday. */
function weekday(tokens: readonly TextToken[], today: number): number | null {
  const found = findCalendarWords(tokens).find(({ meaning }) => meaning.startsWith('weekday'));
  if (found === undefined) return null;
  const wanted = Number(found.meaning.split(' ')[1]);
  // 1970-01-01 was a Thursday, the sixth day from Saturday on.
  const current = (((today + 5) % 7) + 7) % 7;
  const next = today + ((wanted - current + 6) % 7) + 1;
  const isEnglish = /^[a-z]/.test(tokens[found.from]?.key ?? '');
  const keys = tokens.map(({ key }) => key);
  const isNextWeek = isEnglish
    ? keys.includes('next')
    : keys.some(
        (key, at) =>
          (key === 'هفته' || at === found.to) && nextWords.has(keys[key === 'هفته' ? at + 1 : at] ?? ''),
      );
  if (!isNextWeek) return next;
  const weekStart = isEnglish ? 2 : 0;
  const sinceStart = (current - weekStart + 7) % 7;
  const startOfNextWeek = today - sinceStart + 7;
  return startOfNextWeek + ((wanted - weekStart + 7) % 7);
}
