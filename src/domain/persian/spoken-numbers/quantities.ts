import { counted, currencies, labels, measures, months, vague } from './contexts.ts';
import { ordinalOf, readNumber, type SpokenNumber, scales } from './number-words.ts';
import type { Row, Written } from './rule.ts';
import { writeNumber } from './write-number.ts';

/** «صفحهٔ پنج», «طبقه سه». */
export function label(row: Row, at: number): Written | null {
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
export function fraction(row: Row, at: number): Written | null {
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
export function quantity(row: Row, at: number): Written | null {
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
