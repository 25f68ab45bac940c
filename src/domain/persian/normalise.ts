import { type Digits, writeDigits } from './digits.ts';
import { foreignText } from './foreign.ts';
import { halfSpaces } from './half-spaces.ts';
import { letter, persianLetters } from './letters.ts';
import { persianPunctuation } from './punctuation.ts';
import { spaceNumbers } from './spacing.ts';
import { withoutTatweel } from './tatweel.ts';

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
  const prose = text.replaceAll(placeholder, '').replace(foreignText, (piece) => {
    kept.push(piece);
    return placeholder;
  });
  const written = persianPunctuation(
    halfSpaces(spaceNumbers(writeDigits(withoutTatweel(persianLetters(prose)), digits))),
  );
  let next = 0;
  return written.replaceAll(placeholder, () => kept[next++] ?? '');
}

const placeholder = '\ufdd0';
