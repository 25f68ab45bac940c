import { counted, months, wordsAndMonths, yearWords } from './contexts.ts';
import { ordinalOf, readNumber, type SpokenNumber } from './number-words.ts';
import type { Row, Written } from './rule.ts';

/** «ساعت پنج و نیم», «ساعت یک ربع به نه», «ساعت هفت و پنج دقیقه», «ساعت پنج تا هفت». */
export function time(row: Row, at: number): Written | null {
  if (row[at] !== 'ساعت') return null;
  const before = timeBefore(row, at + 1);
  if (before !== null) return before;
  const hour = hourAt(row, at + 1);
  if (hour === null) return null;
  if (row[hour.end] === 'تا') {
    const last = hourAt(row, hour.end + 1);
    if (last !== null && !counted.has(row[last.end] ?? ''))
      return { end: last.end, text: `ساعت ${hour.text} تا ${last.text}` };
  }
  return { end: hour.end, text: `ساعت ${hour.text}` };
}

function hourAt(row: Row, at: number): { end: number; text: string } | null {
  const whole = readNumber(row, at);
  if (whole === null || whole.isOrdinal) return null;
  // «ساعت بیست و پنج دقیقه» is 20:05, and no hour 25.
  const first = row[whole.end] === 'دقیقه' && whole.wordCount === 2 ? readNumber([row[at]], 0) : null;
  if (first !== null) return { end: whole.end + 1, text: clock(first.value, whole.value - first.value) };
  if (whole.value > 24) return null;
  if (row[whole.end] === 'و') {
    const minutes = { نیم: 30, ربع: 15 }[row[whole.end + 1] ?? ''];
    if (minutes !== undefined) return { end: whole.end + 2, text: clock(whole.value, minutes) };
    const spoken = readNumber(row, whole.end + 1);
    if (spoken !== null && spoken.value < 60 && row[spoken.end] === 'دقیقه') {
      return { end: spoken.end + 1, text: clock(whole.value, spoken.value) };
    }
  }
  return { end: whole.end, text: String(whole.value) };
}

/** «یک ربع به نه», «ده دقیقه به پنج», «ده دقیقه مانده به پنج». */
function timeBefore(row: Row, at: number): Written | null {
  const isQuarter = (row[at] === 'یک' || row[at] === 'یه') && row[at + 1] === 'ربع';
  const minutes = isQuarter ? { end: at + 1, value: 15 } : readNumber(row, at);
  if (minutes === null || (!isQuarter && row[minutes.end] !== 'دقیقه')) return null;
  const to = row[minutes.end + 1] === 'مانده' ? minutes.end + 2 : minutes.end + 1;
  const hour = row[to] === 'به' ? readNumber(row, to + 1) : null;
  if (hour === null || hour.value < 1 || hour.value > 24 || minutes.value >= 60) return null;
  return { end: hour.end, text: `ساعت ${clock(hour.value - 1 || 12, 60 - minutes.value)}` };
}

function clock(hour: number, minute: number): string {
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

/** «بیست و دوم بهمن هزار و سیصد و پنجاه و هفت», «پنجم مهر», «هفده شهریور». */
export function date(row: Row, at: number): Written | null {
  const day = ordinalDay(row, at) ?? readNumber(row, at);
  if (day === null || day.value < 1 || day.value > 31) return null;
  const month = row[day.end] ?? '';
  if (!months.has(month)) return null;
  const hasMonthWord = row[day.end + 1] === 'ماه';
  const year = readYear(row, day.end + (hasMonthWord ? 2 : 1));
  if (!day.isOrdinal && day.wordCount === 1) {
    if (row[at] === 'یک' || row[at] === 'نه' || wordsAndMonths.has(month)) {
      if (!hasMonthWord && year === null) return null;
    }
  }
  const written = `${day.value} ${month}${hasMonthWord ? ' ماه' : ''}`;
  return year === null
    ? { end: day.end + (hasMonthWord ? 2 : 1), text: written }
    : { end: year.end, text: `${written} ${year.text}` };
}

function ordinalDay(row: Row, at: number): SpokenNumber | null {
  if (row[at] === 'سی' && row[at + 1] === 'ام')
    return { end: at + 2, value: 30, wordCount: 1, isOrdinal: true, suffix: 'ام' };
  const value = (row[at] ?? '').endsWith('ین') ? undefined : ordinalOf(row[at]);
  return value === undefined ? null : { end: at + 1, value, wordCount: 1, isOrdinal: true, suffix: 'م' };
}

function readYear(row: Row, at: number): (Written & { text: string }) | null {
  const start = row[at] === 'سال' ? at + 1 : at;
  const year = readNumber(row, start);
  if (year === null || year.isOrdinal || counted.has(row[year.end] ?? '')) return null;
  const isYear =
    (year.value >= 1_000 && year.value < 2_200) ||
    (year.value >= 30 && year.value < 100 && year.wordCount <= 2);
  return isYear ? { end: year.end, text: `${start > at ? 'سال ' : ''}${year.value}` } : null;
}

/** «سال هزار و سیصد و نود», «دههٔ شصت», «مهر هزار و چهارصد». */
export function year(row: Row, at: number): Written | null {
  const before = row[at - 1] ?? '';
  const isAfterMonth = months.has(before);
  if (!yearWords.has(before) && !isAfterMonth) return null;
  const number = readNumber(row, at);
  if (number === null || number.isOrdinal || counted.has(row[number.end] ?? '')) return null;
  const isYear =
    number.value >= 1_000
      ? number.value < 3_000 && number.wordCount > 1
      : number.value >= 10 && number.value < 100;
  return isYear && (!isAfterMonth || number.value >= 1_000)
    ? { end: number.end, text: String(number.value) }
    : null;
}
