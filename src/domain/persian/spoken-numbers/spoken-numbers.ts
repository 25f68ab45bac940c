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
 * «بیست و پنج درصد» becomes «۲۵٪», «ساعت پنج و نیم» «ساعت ۵:۳۰», «صفر نهصد و دوازده …» a telephone number. Numbers up
 * to ten without a unit, sayings and approximations («دو سه نفر», «هزار و یک شب») stay words: docs/persian.md has the
 * rules. Text that has its digits does not change.
 *
 * An engine that writes digits itself must not pass through this.
 */
export function writeSpokenNumbers(text: string, digits: Exclude<Digits, 'heard'> = 'persian'): string {
  return text.replace(rows, (all) => {
    const row = splitRow(all);
    return row.some(isNumberWord) ? (writeRow(row, digits) ?? all) : all;
  });
}

/** A number that was written: its text, and the indexes of the words that it replaces (`to` is exclusive). */
type WrittenNumber = { readonly from: number; readonly to: number; readonly text: string };

/**
 * Finds the spoken numbers in words without punctuation, by the rules of `writeSpokenNumbers`; for words with times.
 * @returns the numbers in order; they do not overlap
 */
export function findSpokenNumbers(
  words: readonly string[],
  digits: Exclude<Digits, 'heard'> = 'persian',
): WrittenNumber[] {
  if (!words.some((word) => splitWord(word).some(isNumberWord))) return [];
  const row: string[] = [];
  const owners: number[] = [];
  for (const [at, word] of words.entries()) {
    for (const piece of splitWord(word)) {
      row.push(piece);
      owners.push(at);
    }
  }
  return readRow(row, digits).flatMap(({ at, end, text }) => {
    const from = owners[at] ?? 0;
    const to = (owners[end - 1] ?? from) + 1;
    // A number that ends within a word stays: the rest of the word has no time of its own.
    const isWhole = owners[at - 1] !== from && owners[end] !== to - 1;
    return text !== null && isWhole ? [{ from, to, text }] : [];
  });
}

/** Returns the words of a row. */
function splitRow(text: string): string[] {
  return text.split(/ +/u).flatMap(splitWord);
}

/** Returns the words of a word: «بیست‌وپنج» is three. */
function splitWord(word: string): string[] {
  const pieces = word
    .split(/\u200c(?=و)/u)
    .flatMap((piece, at) => (at === 0 ? [piece] : ['و', piece.slice(1)]));
  return pieces.length > 1 && pieces.every((piece) => piece === 'و' || isNumberWord(piece)) ? pieces : [word];
}

/** Returns the row with its numbers written, or null when no number was written. */
function writeRow(row: Row, digits: 'persian' | 'latin'): string | null {
  const read = readRow(row, digits);
  if (read.every(({ text }) => text === null)) return null;
  return read.map(({ at, end, text }) => text ?? row.slice(at, end).join(' ')).join(' ');
}

/** A stretch of a row, and what is written for it; null where it stays. */
type Read = { readonly at: number; readonly end: number; readonly text: string | null };

function readRow(row: Row, digits: 'persian' | 'latin'): Read[] {
  const read: Read[] = [];
  for (let at = 0; at < row.length; ) {
    let found: Written | null = null;
    for (const rule of rules) {
      found = rule(row, at);
      if (found !== null) break;
    }
    const end = found?.end ?? at + 1;
    const text = found?.text ?? null;
    read.push({ at, end, text: text === null ? null : writeDigits(text, digits) });
    at = end;
  }
  return read;
}

function saying(row: Row, at: number): Written | null {
  const found = sayings.find((words) => words.every((word, offset) => row[at + offset] === word));
  if (found === undefined) return null;
  // «هزار و یک تومان» is a price.
  const next = row[at + found.length] ?? '';
  return currencies.has(next) ? null : { end: at + found.length, text: null };
}

/**
 * Maximum number of groups of a telephone number or code: 16 digits, one by one. Without a bound a row of zeros takes
 * quadratic time.
 */
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
