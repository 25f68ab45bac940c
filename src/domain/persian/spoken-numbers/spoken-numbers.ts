import { type Digits, writeDigits } from '../digits.ts';
import { letter } from '../letters.ts';
import { codes, currencies, sayings } from './contexts.ts';
import { isNumberWord, readNumber } from './number-words.ts';
import { fraction, label, quantity } from './quantities.ts';
import type { Row, Rule, Written } from './rule.ts';
import { date, time, year } from './times-and-dates.ts';

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
    return row.some(isNumberWord) ? (writeRow(row, digits) ?? all) : all;
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

const rules: readonly Rule[] = [saying, code, time, date, year, label, fraction, quantity];
