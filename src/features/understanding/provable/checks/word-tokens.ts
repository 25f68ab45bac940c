import { writeDigits } from '../../../../domain/persian/digits.ts';
import { persianLetters } from '../../../../domain/persian/letters.ts';

/** A word, a number in digits, or a sign of a text, in the form in which it is compared. */
export type TextToken = {
  /** Lower case, letters and digits of one script, without marks. */
  readonly key: string;
  /** As written. */
  readonly text: string;
  /** True for the first word of a sentence. */
  readonly isFirst: boolean;
  /** True for what stands behind a half-space. */
  readonly followsHalfSpace: boolean;
  readonly kind: 'word' | 'digits' | 'sign';
};

const vowelMarks = /[\u064b-\u0655\u0670\u0640]/gu;
const bare: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', ٱ: 'ا', آ: 'ا', ؤ: 'و', ئ: 'ی', ة: 'ه' };

/** Returns a text in the form in which it is compared; the number of words does not change. */
export function comparedText(text: string): string {
  return writeDigits(persianLetters(text.normalize('NFKC')), 'latin')
    .toLowerCase()
    .replace(vowelMarks, '')
    .replace(/[أإٱآؤئة]/gu, (letter) => bare[letter] ?? letter)
    .replaceAll(/[\p{Cf}]/gu, (sign) => (sign === '\u200c' ? sign : ''))
    .replaceAll('’', "'");
}

/**
 * Words (a half-space ends one), numbers in digits with their separators, signs of currency and percent, and the marks
 * that separate clauses.
 */
const tokenPattern = /\d+(?:[.,٫٬،/:-]\d+)*|[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*|[%٪$€£]|[.!?؟۔;؛:،,]/gu;
const sentenceEnd = /^[.!?؟۔]$/u;

/** Splits a text into tokens. */
export function tokensOf(text: string): TextToken[] {
  const tokens: TextToken[] = [];
  let isFirst = true;
  // Lower case may change the length of a letter, so the written form is split by itself.
  const plain = writeDigits(text.normalize('NFKC'), 'latin')
    .replaceAll(/[\p{Cf}]/gu, (sign) => (sign === '\u200c' ? sign : ''))
    // «بیست‌وپنج» is three words.
    .replaceAll(/\u200cو(?=\p{L})/gu, ' و ');
  for (const { 0: written, index } of plain.matchAll(tokenPattern)) {
    const kind = /^\d/.test(written) ? 'digits' : /^[\p{L}\p{M}]/u.test(written) ? 'word' : 'sign';
    const followsHalfSpace = plain[index - 1] === '\u200c';
    tokens.push({
      key: comparedText(written),
      text: written,
      isFirst: kind === 'word' && isFirst,
      followsHalfSpace,
      kind,
    });
    isFirst = sentenceEnd.test(written) || (isFirst && kind === 'sign');
  }
  return tokens;
}
