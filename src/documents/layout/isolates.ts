import { bidiLevels, type IsolateRange } from '../bidi/embedding-levels.ts';
import type { Direction } from './direction.ts';

const digit = '[0-9٠-٩۰-۹]';
const number = `${digit}+(?:[.,٫٬]${digit}+)*`;
const zero = '[0٠۰]';
const operand = `[-−]?(?:[A-Za-z(]+[A-Za-z()²³]*|${number}[A-Za-z()²³]*)`;

/**
 * Texts that are read from left to right although their signs take the direction of the paragraph: phone numbers, dates
 * with hyphens, formulas. A range of two numbers (`۵-۱۰`) is none: in Persian its first number stands on the right.
 */
const patterns = [
  // Phone numbers: +98 21 1234 5678, ۰۲۱-۵۱۴۹, ۰۹۱۲ ۱۲۳ ۴۵۶۷.
  `\\+${digit}{1,3}(?:[ -]?\\(?${digit}{1,4}\\)?){2,6}`,
  `${zero}${digit}{2,3}-${digit}{3,8}(?:-${digit}{2,4})*`,
  `${zero}${digit}{2,3} ${digit}{3,4} ${digit}{4}`,
  // Dates, cards, ISBNs, postal codes: 2026-11-22T12:30, 978-600-02-1234-5, ۱۲۳۴۵-۶۷۸۹۰.
  `${digit}+(?:-${digit}+){2,}(?:[T ]${digit}{2}:${digit}{2}(?::${digit}{2})?Z?)?`,
  `${digit}{5}-${digit}{5}`,
  // Temperatures and angles: 17.5°C, -3 °F, 90°.
  `[-−+]?${number} ?°[CFK]?`,
  // Formulas: 3×4=12, 10^-3, 5 + 3 = 8.
  `${operand}(?:(?: [=×÷+*≈≤≥±] |[=×÷+*^≈≤≥±])${operand})+`,
  // Versions: 2.1-beta, 2.0.0-rc.1, 1.2.x.
  `${digit}+(?:\\.${digit}+)*-[A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z0-9]+)*`,
  `${digit}+(?:\\.${digit}+)*\\.[xX]`,
  // Names such as C++ and F#.
  '[A-Za-z][A-Za-z0-9]*(?:\\+\\+|#)',
];
const leftToRight = new RegExp(
  `(?<![\\p{L}\\p{N}\\p{M}+@/_-]|[\\p{L}\\p{N}]\\.)(?:${patterns.join('|')})(?![\\p{L}\\p{N}\\p{M}])`,
  'gu',
);
/** A sign that every pattern has, so that most texts are not searched. */
const hint = /[-−+°=×÷*^≈≤≥±#]|[0-9٠-٩۰-۹](?:\.[xX]| [0-9٠-٩۰-۹])/;

const none: readonly IsolateRange[] = [];

/** Returns the ranges of a paragraph that must be isolated from its direction to be read from left to right. */
export function isolatesOf(text: string, base: Direction): readonly IsolateRange[] {
  if (!hint.test(text)) return none;
  let levels: Uint8Array | null = null;
  const ranges: IsolateRange[] = [];
  for (const { 0: match, index } of text.matchAll(leftToRight)) {
    levels ??= bidiLevels(text, base === 'rtl' ? 1 : 0);
    const [from, to] = [index, index + match.length];
    if (levels.subarray(from, to).some((level) => level % 2 === 1)) ranges.push({ from, to });
  }
  return ranges;
}

/** Returns the text with LRI and PDI (UAX #9) around the ranges that must be read from left to right. */
export function withIsolates(text: string, base: Direction): string {
  const ranges = isolatesOf(text, base);
  if (ranges.length === 0) return text;
  let isolated = '';
  let at = 0;
  for (const { from, to } of ranges) {
    isolated += `${text.slice(at, from)}\u2066${text.slice(from, to)}\u2069`;
    at = to;
  }
  return isolated + text.slice(at);
}
