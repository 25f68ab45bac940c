import { type Digits, writeDigits } from './digits.ts';
import { halfSpaces } from './half-spaces.ts';
import { letter, persianLetters } from './letters.ts';
import { persianPunctuation } from './punctuation.ts';

/**
 * Text that is not Persian prose and stays as it is: code between backticks, addresses, and every piece with a Latin
 * letter in it, including a number that belongs to it (`iPhone 15`). Punctuation at its end is prose again. At most 100
 * marks before the first letter belong to it: without a bound, a long row of them would take quadratic time.
 */
const foreign =
  /`[^`\n]*`|(?:[!-~\p{Script=Latin}]{0,100}\p{Script=Latin}(?:[!-~\p{Script=Latin}]*[\w/=&#%+@\p{Script=Latin}])?(?: +\d[\d.]*(?![\w٠-٩۰-۹]))?)/gu;

/** The stretching character, which only changes the look; «هـ», the sign of the lunar year, keeps it. */
const tatweel = /(?<!(?<![\p{L}\p{M}])ه)\u0640+|(?<=ه)\u0640+(?=[\p{L}\p{M}\u200c])/gu;

/** Matches text with a Persian letter. Other text is in another language and stays as it is, including its digits. */
const hasPersian = new RegExp(`${letter}|[\\ufb50-\\ufdff\\ufe70-\\ufefc]`, 'u');

/** Maximum number of rounds. Prose settles within two; the rest is for texts that are not prose. */
const maxRounds = 8;

/**
 * Writes Persian as the school books do: ی and ک for their Arabic variants, half-spaces, Persian punctuation with its
 * spaces, digits in one script. Latin words, addresses and code stay unchanged, and so do all letters not named in
 * `letters.ts`. A second call changes nothing.
 */
export function normalisePersian(text: string, digits: Digits = 'persian'): string {
  if (!hasPersian.test(text)) return text;
  let result = text;
  for (let round = 0; round < maxRounds; round++) {
    const next = normaliseOnce(result, digits);
    if (next === result) break;
    result = next;
  }
  return result;
}

/** Normalises the prose once. Each foreign piece is one placeholder during that (a character that Unicode reserves). */
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
