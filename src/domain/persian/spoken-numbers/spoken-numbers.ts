import { type Digits, writeDigits } from '../digits.ts';
import { letter } from '../letters.ts';
import {
  codes,
  counted,
  currencies,
  labels,
  measures,
  months,
  sayings,
  vague,
  wordsAndMonths,
  yearWords,
} from './contexts.ts';
import { cardinalOf, ordinalOf, readNumber, type SpokenNumber, scales } from './number-words.ts';
import { writeNumber } from './write-number.ts';

/** Words of a text with only spaces between them. */
type Row = readonly string[];
/** What a row's words from the first up to `end` (exclusive) become. Null leaves them as they are. */
type Written = { readonly end: number; readonly text: string | null };
/** Reads one kind of number that begins at a word, or returns null. */
type Rule = (row: Row, at: number) => Written | null;

const rows = new RegExp(`(?:${letter}|\\u200c)+(?: +(?:${letter}|\\u200c)+)*`, 'gu');

/**
 * Writes spoken numbers with digits (inverse text normalisation), for engines that write every number with words:
 * «بیست و پنج درصد» becomes «۲۵٪», «ساعت پنج و نیم» «ساعت ۵:۳۰», «صفر نهصد و دوازده …» a telephone number. Numbers up to ten
 * without a unit, sayings and approximations («دو سه نفر», «هزار و یک شب») stay words: docs/persian.md has the rules. Text
 * that has its digits does not change.
 *
 * An engine that writes digits itself must not pass through this.
 */
export function writeSpokenNumbers(text: string, digits: Exclude<Digits, 'heard'> = 'persian'): string {
  return text.replace(rows, (all) => {
    const row = splitRow(all);
    if (
      !row.some((word) => cardinalOf(word) !== undefined || scales.has(word) || ordinalOf(word) !== undefined)
    )
      return all;
    return writeRow(row, digits) ?? all;
  });
}

/** Returns the words of a row. «بیست‌وپنج» is three. */
function splitRow(text: string): string[] {
  return text.split(/ +/u).flatMap((word) => {
    const pieces = word
      .split(/\u200c(?=و)/u)
      .flatMap((piece, at) => (at === 0 ? [piece] : ['و', piece.slice(1)]));
    return pieces.length > 1 && pieces.every((piece) => piece === 'و' || isNumberWord(piece))
      ? pieces
      : [word];
  });
}

function isNumberWord(word: string): boolean {
  return cardinalOf(word) !== undefined || scales.has(word) || ordinalOf(word) !== undefined;
}

/** Returns the row with its numbers written, or null when no number was written. */
function writeRow(row: Row, digits: 'persian' | 'latin'): string | null {
  const written: string[] = [];
  let isChanged = false;
  for (let at = 0; at < row.length; ) {
    let found: Written | null = null;
    for (const rule of rules) {
      found = rule(row, at);
      if (found !== null) break;
    }
    const end = found?.end ?? at + 1;
    const text = found?.text ?? null;
    if (text === null) written.push(...row.slice(at, end));
    else {
      isChanged = true;
      written.push(writeDigits(text, digits));
    }
    at = end;
  }
  return isChanged ? written.join(' ') : null;
}

function saying(row: Row, at: number): Written | null {
  const found = sayings.find((words) => words.every((word, offset) => row[at + offset] === word));
  if (found === undefined) return null;
  // «هزار و یک تومان» is a price.
  const next = row[at + found.length] ?? '';
  return currencies.has(next) ? null : { end: at + found.length, text: null };
}

/** Maximum number of groups of a telephone number or code: 16 digits, one by one. Without a bound a row of zeros takes quadratic time. */
const maxGroups = 17;

/** Telephone numbers, which begin with a zero, and codes after a word such as «کد»: groups without «و» between them. */
function code(row: Row, at: number): Written | null {
  const isNamed =
    codes.has(row[at - 1] ?? '') || (codes.has(row[at - 2] ?? '') && !isNumberWord(row[at - 1] ?? ''));
  if (row[at] !== 'صفر' && !isNamed) return null;
  let digits = '';
  let end = at;
  let groups = 0;
  for (
    let group = readNumber(row, at);
    group !== null && !group.isOrdinal && group.value < 10_000 && groups < maxGroups;
    group = readNumber(row, end)
  ) {
    digits += group.value;
    end = group.end;
    groups += 1;
  }
  const isLong = isNamed ? groups >= 3 : groups >= 3 && digits.length >= 8 && digits.length <= 14;
  return isLong ? { end, text: digits } : null;
}

/** «ساعت پنج و نیم», «ساعت یک ربع به نه», «ساعت هفت و پنج دقیقه», «ساعت پنج تا هفت». */
function time(row: Row, at: number): Written | null {
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
function date(row: Row, at: number): Written | null {
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
function year(row: Row, at: number): Written | null {
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

/** «صفحهٔ پنج», «طبقه سه». */
function label(row: Row, at: number): Written | null {
  if (!labels.has(row[at - 1] ?? '')) return null;
  const number = readNumber(row, at);
  if (number === null || number.isOrdinal || readNumber(row, number.end) !== null) return null;
  const next = row[number.end] ?? '';
  if (
    /^(?:نفر|تن|تا|بار|مرتبه|روز|سال|ماه|هفته|دقیقه|ثانیه)$/u.test(next) ||
    measures.has(next) ||
    currencies.has(next) ||
    ordinalOf(next) !== undefined ||
    next === 'و'
  ) {
    return number.wordCount > 1 ? null : { end: number.end, text: null };
  }
  return { end: number.end, text: String(number.value) };
}

/** «سه چهارم», «دو و نیم میلیون», «سه ممیز چهارده». */
function fraction(row: Row, at: number): Written | null {
  const number = readNumber(row, at);
  if (number === null || number.isOrdinal || number.value >= 1_000) return null;
  const next = row[number.end] ?? '';
  if (next === 'ممیز') {
    const decimals = readNumber(row, number.end + 1);
    return decimals === null ? null : withUnit(row, decimals.end, `${number.value}٫${decimals.value}`);
  }
  if (next === 'و' && row[number.end + 1] === 'نیم') {
    const unit = row[number.end + 2] ?? '';
    const isMeasured = measures.has(unit) || currencies.has(unit) || scales.has(unit) || unit === 'درصد';
    return isMeasured
      ? withUnit(row, number.end + 2, `${number.value}٫5`)
      : { end: number.end + 2, text: null };
  }
  const denominator = next.endsWith('ین') ? undefined : ordinalOf(next);
  const isDenominator =
    denominator !== undefined &&
    number.value > 0 &&
    number.value < denominator &&
    (denominator <= 10 || denominator === 100 || denominator === 1_000);
  return isDenominator && !months.has(row[number.end + 1] ?? '')
    ? { end: number.end + 1, text: `${number.value}/${denominator}` }
    : null;
}

function withUnit(row: Row, end: number, text: string): Written {
  return row[end] === 'درصد' ? { end: end + 1, text: `${text}٪` } : { end, text };
}

/** Numbers with a unit, long numbers, and numbers before what is counted. */
function quantity(row: Row, at: number): Written | null {
  const number = readNumber(row, at);
  if (number === null) return null;
  if (number.isOrdinal) {
    const stays = /^(?:قرن|سده|سدهٔ)$/u.test(row[at - 1] ?? '');
    return { end: number.end, text: stays ? null : `${number.value}${number.suffix}` };
  }
  const approximate = endOfApproximation(row, number.end);
  if (approximate !== null) return { end: approximate, text: null };
  const range = row[number.end] === 'تا' ? readNumber(row, number.end + 1) : null;
  if (range !== null && !range.isOrdinal && isMeasure(row, range) && range.value > number.value) {
    return withUnit(row, range.end, `${writeNumber(number.value)} تا ${writeNumber(range.value)}`);
  }
  const next = row[number.end] ?? '';
  if (isNegation(row, at, number)) return null;
  if (isPercent(row, number))
    return { end: number.end + (next === 'درصد' ? 1 : 2), text: `${writeNumber(number.value)}٪` };
  if (/^(?:ساله|سالگی|روزه|ماهه|ساعته|نفره)(?:\u200c|$)/u.test(next) && number.value > 10) {
    return { end: number.end + 1, text: `${number.value}${next}` };
  }
  return staysWords(row, number, at)
    ? { end: number.end, text: null }
    : { end: number.end, text: writeNumber(number.value) };
}

/** Returns the end of «دو سه», «بیست سی», «صد و پنجاه شصت»: numbers side by side are a guess, and stay words. */
function endOfApproximation(row: Row, start: number): number | null {
  let end: number | null = null;
  for (let next = readNumber(row, start); next !== null; next = readNumber(row, next.end)) end = next.end;
  return end;
}

function isMeasure(row: Row, number: SpokenNumber): boolean {
  const next = row[number.end] ?? '';
  return measures.has(next) || currencies.has(next) || next === 'درصد';
}

/** «نه متر و نه سانت»: "neither", and no nine. */
function isNegation(row: Row, at: number, number: SpokenNumber): boolean {
  return (
    row[at] === 'نه' &&
    number.wordCount === 1 &&
    [-3, -2, 2, 3, 4].some((offset) => row[at + offset] === 'نه')
  );
}

function isPercent(row: Row, number: SpokenNumber): boolean {
  if (number.wordCount === 1 && (number.value === 100 || number.value === 1_000)) return false;
  return row[number.end] === 'درصد' || (row[number.end] === 'در' && row[number.end + 1] === 'صد');
}

function staysWords(row: Row, number: SpokenNumber, at: number): boolean {
  const next = row[number.end] ?? '';
  const isScaleAlone = number.wordCount === 1 && scales.has(row[at] ?? '');
  // «صفر کیلومتر» is a new car.
  if (isScaleAlone || number.value === 0) return true;
  // «صد درصد موافقم».
  if (number.wordCount === 1 && number.value === 100 && next === 'درصد') return true;
  if (isMeasure(row, number)) return number.value === 1;
  if (number.wordCount > 1) return row[at] === 'یک' && number.wordCount === 2 && next !== 'نفر';
  if (number.value <= 10) return true;
  if (number.value === 100) return !counted.has(next) || vague.has(next);
  return !counted.has(next);
}

const rules: readonly Rule[] = [saying, code, time, date, year, label, fraction, quantity];
