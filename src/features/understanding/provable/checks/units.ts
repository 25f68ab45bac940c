import { numberMeaningOf } from './number-lexicon.ts';
import type { TextToken } from './word-tokens.ts';

/** Currencies and percent, by the words and signs for them. */
const units = new Map<string, string>();
for (const [unit, words] of [
  ['percent', '% ٪ درصد درصدی percent pct'],
  ['IRT', 'تومان تومن تومانی تومنی تومانه toman tomans'],
  ['IRR', 'ریال ریالی rial rials'],
  ['USD', '$ دلار دلاری dollar dollars usd bucks'],
  ['EUR', '€ یورو یورویی euro euros eur'],
  ['GBP', '£ پوند pound pounds gbp'],
  ['AED', 'درهم درهمی dirham dirhams aed'],
] as const)
  for (const word of words.split(' ')) units.set(word, unit);

/** Returns the currency, or `percent`, that a word means; null for other words. */
export function currencyOf(word: string): string | null {
  return units.get(word) ?? null;
}

/** Words between a number and what it counts. */
const skipped = new Set(['تا', 'عدد', 'of', 'more', 'other', 'دیگر', 'دیگه']);

/**
 * Returns the unit of a number: a currency or percent beside it, or the word after it. «پنج نفر» has the unit «نفر».
 * @param to the token after the number
 */
export function unitOf(tokens: readonly TextToken[], from: number, to: number): string | null {
  const before = tokens[from - 1];
  if (before?.kind === 'sign') {
    const sign = currencyOf(before.key);
    if (sign !== null && sign !== 'percent') return sign;
  }
  let at = to;
  while (skipped.has(tokens[at]?.key ?? '')) at += 1;
  const after = tokens[at];
  if (after === undefined) return null;
  // «بیست در صد».
  if (after.key === 'در' && tokens[at + 1]?.key === 'صد') return 'percent';
  const currency = currencyOf(after.key);
  if (currency !== null) return currency;
  return after.kind === 'word' && numberMeaningOf(after.key) === null ? singular(after.key) : null;
}

/** Returns a word without the ending of the plural. */
function singular(word: string): string {
  if (word === 'people' || word === 'persons') return 'person';
  return /^[a-z]{4,}s$/.test(word) ? word.slice(0, -1) : word.replace(/(های|ها|ی)$/u, '');
}
