import { numberMeaningOf } from './number-lexicon.ts';
import type { PlainNumber } from './read-cardinal.ts';
import { timeReading } from './read-digits.ts';
import type { TextToken } from './word-tokens.ts';

/** A number in a text, in digits or words of Persian or English. */
export type FoundNumber = PlainNumber & {
  /** Readings of which one has to be said: those of a time after "at" and «ساعت», else all. */
  readonly required: readonly string[];
};

/**
 * Adds readings of numbers side by side: "nineteen ninety" and "twenty twenty-six" are years, and a row of numbers is a
 * code or a telephone number.
 */
export function readTogether(found: readonly PlainNumber[], tokens: readonly TextToken[]): FoundNumber[] {
  const rows: PlainNumber[][] = [];
  for (const number of found) {
    const row = rows.at(-1);
    if (row !== undefined && row.at(-1)?.to === number.from) row.push(number);
    else rows.push([number]);
  }
  return rows.flatMap((row) => readRow(row, tokens));
}

/** Words after which an hour stands. */
const beforeHour = new Set(['at', 'ساعت']);

function readRow(row: readonly PlainNumber[], tokens: readonly TextToken[]): FoundNumber[] {
  const isTime = beforeHour.has(tokens[(row[0]?.from ?? 0) - 1]?.key ?? '');
  if (row.length === 1)
    return row.map((number) => {
      const read = withTimeBeside(withShortYear(number, tokens), tokens);
      const times = read.readings.filter((reading) => reading.startsWith('t'));
      // "At nine" is no ninth of April.
      return isTime && times.length > 0
        ? { ...read, required: times, isWeak: false }
        : { ...read, required: read.readings };
    });
  const code = row.map(({ readings }) => readings[0] ?? '').join('');
  const isYear = row.length === 2 && /^\d{4}$/.test(code);
  const clock = spokenClock(row);
  return row.map((number) => {
    const readings = [...number.readings, ...(isYear || row.length > 2 ? [code] : []), ...clock];
    return isTime && clock.length > 0
      ? { ...number, readings, required: clock, isWeak: false }
      : { ...number, readings, required: readings };
  });
}

/** "Five thirty" may be a time. */
function spokenClock(row: readonly PlainNumber[]): string[] {
  const [hour = 0, minute = 0] = row.map(({ readings }) => Number(readings[0]));
  const isClock = row.length === 2 && hour >= 1 && hour <= 24 && minute >= 10 && minute < 60;
  return isClock ? [timeReading(hour, minute)] : [];
}

/** "Half past five", "quarter to six", "ten past four". */
function withTimeBeside(number: PlainNumber, tokens: readonly TextToken[]): PlainNumber {
  const preposition = tokens[number.from - 1]?.key;
  if (preposition !== 'past' && preposition !== 'to') return number;
  const before = numberMeaningOf(tokens[number.from - 2]?.key ?? '');
  if (before?.kind !== 'cardinal' && before?.kind !== 'fraction') return number;
  const minutes = before.kind === 'fraction' ? before.value * 60 : before.value;
  const time = timeReading(Number(number.readings[0]), preposition === 'past' ? minutes : -minutes);
  return { ...number, readings: [...number.readings, time] };
}

/** «سال نود و هشت» is 1398, and «سال چهارصد و سه» 1403. */
function withShortYear(number: PlainNumber, tokens: readonly TextToken[]): PlainNumber {
  const value = Number(number.readings[0]);
  if (tokens[number.from - 1]?.key !== 'سال' || !Number.isInteger(value)) return number;
  const whole = value >= 300 && value < 500 ? 1000 + value : value >= 30 && value < 100 ? 1300 + value : null;
  return whole === null ? number : { ...number, readings: [...number.readings, String(whole)] };
}
