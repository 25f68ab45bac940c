import { type Digits, writeDigits } from './digits.ts';
import { halfSpaces } from './half-spaces.ts';
import { letter, persianLetters } from './letters.ts';
import { persianPunctuation } from './punctuation.ts';

/**
 * What is not Persian prose and stays as it is: code between backticks, addresses, and every piece with a Latin letter
 * in it, with a number that belongs to it (`iPhone 15`). Punctuation at its end is prose again. At most 100 marks before the first
 * letter belong to it: without a bound, a long row of them would take the square of its length.
 */
const foreign =
  /`[^`\n]*`|(?:[!-~\p{Script=Latin}]{0,100}\p{Script=Latin}(?:[!-~\p{Script=Latin}]*[\w/=&#%+@\p{Script=Latin}])?(?: +\d[\d.]*(?![\w٠-٩۰-۹]))?)/gu;

/** A stretched letter is a matter of looks; only «هـ», the sign of the lunar year, ends with one. */
const tatweel = /(?<!(?<![\p{L}\p{M}])ه)\u0640+|(?<=ه)\u0640+(?=[\p{L}\p{M}\u200c])/gu;

/** Without one it is a sentence in another language, digits and all. */
const hasPersian = new RegExp(`${letter}|[\\ufb50-\\ufdff\\ufe70-\\ufefc]`, 'u');

/** Prose settles within two rounds; the rest is for texts that no one would write. */
const mostRounds = 8;

/**
 * Persian as the school books write it: ی and ک for their Arabic doubles, half-spaces, Persian punctuation with its
 * spaces, digits in one script. Latin words, addresses and code are left alone. Only letters that `letters.ts` names
 * are changed, and doing it twice is doing it once.
 */
export function normalisePersian(text: string, digits: Digits = 'persian'): string {
  if (!hasPersian.test(text)) return text;
  let result = text;
  for (let round = 0; round < mostRounds; round++) {
    const next = normaliseOnce(result, digits);
    if (next === result) break;
    result = next;
  }
  return result;
}

/** Foreign pieces stand as one character each (one that Unicode keeps out of texts) while the prose around them is put right. */
function normaliseOnce(text: string, digits: Digits): string {
  const kept: string[] = [];
  const prose = text.replaceAll(placeholder, '').replace(foreign, (piece) => {
    kept.push(piece);
    return placeholder;
  });
  const written = persianPunctuation(
    halfSpaces(writeDigits(persianLetters(prose).replace(tatweel, ''), digits)),
  );
  let next = 0;
  return written.replaceAll(placeholder, () => kept[next++] ?? '');
}

const placeholder = '\ufdd0';
