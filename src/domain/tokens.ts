/** Tokens of a character by its script: an upper bound for the tokenizers of usual models (docs/understanding.md). */
const tokensOfLatin = 0.34;
const tokensOfArabic = 0.75;
const tokensOfHanAndOthers = 1.5;
const tokensOfSign = 1;

/**
 * Returns an upper bound of the tokens of a text, before it is sent. Tokenizers differ, so the exact number is known
 * only from the server's reply.
 */
export function maxTokensOf(text: string): number {
  let tokens = 0;
  for (let at = 0; at < text.length; at += 1) tokens += tokensOfUnit(text.charCodeAt(at));
  return Math.ceil(tokens);
}

function tokensOfUnit(unit: number): number {
  // A space belongs to the token of the word after it.
  if (unit === 0x20) return 0;
  if ((unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a)) return tokensOfLatin;
  // Some tokenizers have a token for each digit; line breaks and punctuation are tokens of their own.
  if (unit < 0x80) return tokensOfSign;
  // Latin letters with marks, Greek, Cyrillic.
  if (unit < 0x530) return tokensOfLatin * 2;
  if (unit >= 0x600 && unit <= 0x6ff) return tokensOfArabic;
  return tokensOfHanAndOthers;
}
