import { counted, measures } from '../../../../domain/persian/spoken-numbers/contexts.ts';
import { numberMeaningOf } from './number-lexicon.ts';
import { currencyOf, unitOf } from './units.ts';
import { type TextToken, tokensOf } from './word-tokens.ts';

/** A number in a text, in digits or words of Persian or English. */
export type FoundNumber = {
  /** Range of tokens; `to` is not included. */
  readonly from: number;
  readonly to: number;
  /** All readings of it: `15000000`; `5.5` and `t330` (the time 5:30) for «پنج و نیم». */
  readonly readings: readonly string[];
  /** The unit beside it, such as `percent`, `IRT` or a word; null when there is none. */
  readonly unit: string | null;
  /** A word that may be an article or a filler: «یک», "one", "first", "second". */
  readonly isWeak: boolean;
};

/** Finds the numbers of a text. */
export function readNumbers(text: string): FoundNumber[] {
  return numbersOf(tokensOf(text));
}

/** Finds the numbers among tokens. */
export function numbersOf(tokens: readonly TextToken[]): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = readAt(tokens, at);
    if (read === null) {
      at += 1;
      continue;
    }
    found.push(read);
    at = read.to;
  }
  return withYearsAndCodes(found, tokens);
}

function readAt(tokens: readonly TextToken[], at: number): FoundNumber | null {
  const token = tokens[at];
  // «سه‌شنبه» is a weekday.
  if (token === undefined || tokens[at + 1]?.key === 'شنبه') return null;
  const special = token.kind === 'digits' ? readCompound(token.key) : null;
  if (special !== null)
    return { from: at, to: at + 1, readings: special, unit: unitOf(tokens, at, at + 1), isWeak: false };
  return readCardinal(tokens, at);
}

/** Reads `17:30`, `2026-12-01`, `1403/5/12`; null for a plain number. */
function readCompound(digits: string): string[] | null {
  const pieces = digits.split(/[:/-]/);
  if (pieces.length === 1) return null;
  const values = pieces.map((piece) => plainOf(piece));
  const [first = 0, second = 0] = values.map(Number);
  if (digits.includes(':')) return [timeReading(first, second), ...(second === 0 ? [String(first)] : [])];
  if (pieces.length === 2 && digits.includes('/'))
    return [
      String(Number(`${first}.${pieces[1] ?? ''}`)),
      ...(second === 0 ? [] : [ratio(first, second)]),
      digits,
    ];
  return [values.join('-'), digits];
}

/** Returns a number without its separators of thousands, with a full stop before its decimals. */
function plainOf(digits: string): string {
  const grouped = digits.replace(/[,٬،](?=\d{3}(?!\d))/g, '').replace(/\.(?=\d{3}(?:\.\d{3})+$)/g, '');
  const decimal = grouped.replace(/[٫,،]/g, '.');
  // A code keeps its zeros: a telephone number is no quantity.
  return /^0\d|^\d{10,}$/.test(decimal) ? decimal.replace(/\./g, '') : String(Number.parseFloat(decimal));
}

/** Half a day in minutes: recordings rarely say which half. */
const halfDay = 720;

function timeReading(hour: number, minute: number): string {
  return `t${(((hour * 60 + minute) % halfDay) + halfDay) % halfDay}`;
}

const ratio = (above: number, below: number) => rounded(above / below);

/** Returns a value as text, without the error of binary fractions. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** Reads a number of words, digits, or both («15 میلیون و پانصد هزار»). */
function readCardinal(tokens: readonly TextToken[], start: number): FoundNumber | null {
  let total = 0;
  let group: number | null = null;
  let below = Number.POSITIVE_INFINITY;
  let scaleBelow = Number.POSITIVE_INFINITY;
  let fraction = 0;
  let end = start;
  let hasAnd = false;
  let isOrdinal = false;
  let words = 0;
  let digits: string | null = null;
  let lastScale = 1;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'sign') break;
    // "Two and a half".
    if (token.key === 'a' && hasAnd && numberMeaningOf(tokens[at + 1]?.key ?? '')?.kind === 'fraction')
      continue;
    const meaning = token.kind === 'digits' ? digitMeaning(token.key) : numberMeaningOf(token.key);
    if (meaning === null) break;
    if (meaning.kind === 'and') {
      if (end === start || hasAnd) break;
      hasAnd = true;
      continue;
    }
    if (meaning.kind === 'fraction') {
      // «دو و نیم», "two and a half"; alone it is a number of its own.
      if (end === start) return fractionAlone(tokens, at, meaning.value);
      if (!hasAnd) break;
      fraction = group === null ? meaning.value * lastScale : meaning.value;
      end = at + 1;
      const next = tokens[at + 1];
      const scale = next === undefined ? null : numberMeaningOf(next.key);
      if (group !== null && scale?.kind === 'scale') {
        total += (group + fraction) * scale.value;
        group = null;
        fraction = 0;
        end = at + 2;
      }
      break;
    }
    if (meaning.kind === 'scale') {
      const isHundred = meaning.value === 100 || meaning.value === 12;
      if (hasAnd && group === null && end === start) break;
      // «میلیون» after «و» would begin another number.
      if (hasAnd && (group === null || end < at - 1)) break;
      if (isHundred) {
        group = (group ?? 1) * meaning.value;
        below = 100;
      } else {
        if (meaning.value >= scaleBelow) break;
        total += (group ?? 1) * meaning.value;
        group = null;
        below = Number.POSITIVE_INFINITY;
        scaleBelow = meaning.value;
        lastScale = meaning.value;
      }
      words += token.kind === 'word' ? 1 : 0;
      hasAnd = false;
      end = at + 1;
      continue;
    }
    const fits = meaning.value < below && meaning.value < scaleBelow && (group === null || meaning.value > 0);
    if (!fits) break;
    // In Persian only «و» joins; in English twenty-five stands together.
    if (group !== null && !hasAnd && !isLatin(token.key)) break;
    if (group !== null && hasAnd && isLatin(token.key) && below === 10) break;
    if (hasAnd && group === null && total === 0) break;
    group = (group ?? 0) + meaning.value;
    below = meaning.below;
    digits = token.kind === 'digits' && end === start ? token.key : null;
    isOrdinal = meaning.kind === 'ordinal';
    words += token.kind === 'word' ? 1 : 0;
    hasAnd = false;
    end = at + 1;
    if (isOrdinal || meaning.value === 0) break;
  }
  if (end === start) return null;
  const value = total + (group ?? 0) + fraction;
  return describe(tokens, { start, end, value, fraction, isOrdinal, words, digits });
}

type ReadNumber = {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly fraction: number;
  readonly isOrdinal: boolean;
  readonly words: number;
  readonly digits: string | null;
};

function describe(tokens: readonly TextToken[], read: ReadNumber): FoundNumber {
  const { start, end, value, fraction, isOrdinal, words, digits } = read;
  // A code in digits keeps its zeros.
  const readings = new Set(
    digits !== null && end === start + 1 ? [plainOf(digits), rounded(value)] : [rounded(value)],
  );
  // «پنج و نیم» may be a time, and so may seventeen after «ساعت».
  const isHour = value < 13 || (value < 25 && ['ساعت', 'at'].includes(tokens[start - 1]?.key ?? ''));
  if (isHour) readings.add(timeReading(Math.floor(value), Math.round((value % 1) * 60)));
  const denominator = fraction === 0 && !isOrdinal ? denominatorAt(tokens, end) : null;
  if (denominator !== null && value < denominator) {
    return {
      from: start,
      to: end + 1,
      readings: [ratio(value, denominator)],
      unit: unitOf(tokens, start, end + 1),
      isWeak: false,
    };
  }
  const word = tokens[start]?.key ?? '';
  const isWeak =
    words === 1 &&
    end === start + 1 &&
    (value === 1 || word === 'second' || (word === 'نه' && !isNine(tokens, start)) || value === 0);
  return { from: start, to: end, readings: [...readings], unit: unitOf(tokens, start, end), isWeak };
}

/** «نه» is "no" too: it is nine after «ساعت» and before what is counted. */
function isNine(tokens: readonly TextToken[], at: number): boolean {
  const next = tokens[at + 1]?.key ?? '';
  return (
    tokens[at - 1]?.key === 'ساعت' || counted.has(next) || measures.has(next) || currencyOf(next) !== null
  );
}

/** «سه چهارم», "two thirds". */
function denominatorAt(tokens: readonly TextToken[], at: number): number | null {
  const key = tokens[at]?.key ?? '';
  const meaning = numberMeaningOf(key.replace(/s$/, ''));
  if (meaning === null || (meaning.kind === 'fraction' && key.endsWith('s')))
    return meaning === null ? null : 4;
  if (meaning.kind !== 'ordinal' || meaning.value < 2) return null;
  return isLatin(key) && !key.endsWith('s') && key !== 'third' ? null : meaning.value;
}

function fractionAlone(tokens: readonly TextToken[], at: number, value: number): FoundNumber {
  const next = tokens[at + 1]?.key === 'a' ? at + 2 : at + 1;
  const scale = numberMeaningOf(tokens[next]?.key ?? '');
  const isScaled = scale?.kind === 'scale';
  const to = isScaled ? next + 1 : at + 1;
  return {
    from: at,
    to,
    readings: isScaled ? [rounded(value * scale.value)] : [rounded(value)],
    unit: unitOf(tokens, at, to),
    // «نصف» and "quarter" are also used of what has no number.
    isWeak: !isScaled,
  };
}

function digitMeaning(digits: string) {
  if (/[:/-]/.test(digits)) return null;
  const plain = plainOf(digits);
  return { kind: 'cardinal', value: Number(plain), below: 0 } as const;
}

function isLatin(key: string): boolean {
  return /^[a-z]/.test(key);
}

/**
 * Adds readings of numbers side by side: "nineteen ninety" and "twenty twenty-six" are years, and a row of numbers is a
 * code or a telephone number.
 */
function withYearsAndCodes(found: readonly FoundNumber[], tokens: readonly TextToken[]): FoundNumber[] {
  const rows: FoundNumber[][] = [];
  for (const number of found) {
    const row = rows.at(-1);
    if (row !== undefined && row.at(-1)?.to === number.from) row.push(number);
    else rows.push([number]);
  }
  return rows.flatMap((row) => {
    if (row.length === 1) return row.map((number) => withTimeBeside(withShortYear(number, tokens), tokens));
    const code = row.map(({ readings }) => readings[0] ?? '').join('');
    const isYear = row.length === 2 && /^\d{4}$/.test(code);
    const extra = [...(isYear || row.length > 2 ? [code] : []), ...spokenClock(row)];
    return row.map((number) => ({ ...number, readings: [...number.readings, ...extra] }));
  });
}

/** "Five thirty" may be a time. */
function spokenClock(row: readonly FoundNumber[]): string[] {
  const [hour = 0, minute = 0] = row.map(({ readings }) => Number(readings[0]));
  const isClock = row.length === 2 && hour >= 1 && hour <= 24 && minute >= 10 && minute < 60;
  return isClock ? [timeReading(hour, minute)] : [];
}

/** "Half past five", "quarter to six", "ten past four". */
function withTimeBeside(number: FoundNumber, tokens: readonly TextToken[]): FoundNumber {
  const preposition = tokens[number.from - 1]?.key;
  if (preposition !== 'past' && preposition !== 'to') return number;
  const before = numberMeaningOf(tokens[number.from - 2]?.key ?? '');
  if (before?.kind !== 'cardinal' && before?.kind !== 'fraction') return number;
  const minutes = before.kind === 'fraction' ? before.value * 60 : before.value;
  const time = timeReading(Number(number.readings[0]), preposition === 'past' ? minutes : -minutes);
  return { ...number, readings: [...number.readings, time] };
}

/** «سال نود و هشت» is 1398, and «سال چهارصد و سه» 1403. */
function withShortYear(number: FoundNumber, tokens: readonly TextToken[]): FoundNumber {
  const value = Number(number.readings[0]);
  if (tokens[number.from - 1]?.key !== 'سال' || !Number.isInteger(value)) return number;
  const whole = value >= 300 && value < 500 ? 1000 + value : value >= 30 && value < 100 ? 1300 + value : null;
  return whole === null ? number : { ...number, readings: [...number.readings, String(whole)] };
}
