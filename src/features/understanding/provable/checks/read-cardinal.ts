import { counted, measures } from '../../../../domain/persian/spoken-numbers/contexts.ts';
import { numberMeaningOf } from './number-lexicon.ts';
import { plainOf, ratio, rounded, timeReading } from './read-digits.ts';
import { currencyOf, unitOf } from './units.ts';
import type { TextToken } from './word-tokens.ts';

/** A number that was read by itself, without what stands beside it. */
export type PlainNumber = {
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

/** Reads a number of words, digits, or both («15 میلیون و پانصد هزار»). */
export function readCardinal(tokens: readonly TextToken[], start: number): PlainNumber | null {
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

function describe(tokens: readonly TextToken[], read: ReadNumber): PlainNumber {
  const { start, end, value, fraction, isOrdinal, words, digits } = read;
  // A code in digits keeps its zeros.
  const readings = new Set(
    digits !== null && end === start + 1 ? [plainOf(digits), rounded(value)] : [rounded(value)],
  );
  // «پنج و نیم» may be a time, and so may seventeen after «ساعت».
  const isHour =
    !isOrdinal && (value < 13 || (value < 25 && ['ساعت', 'at'].includes(tokens[start - 1]?.key ?? '')));
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

function fractionAlone(tokens: readonly TextToken[], at: number, value: number): PlainNumber {
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
