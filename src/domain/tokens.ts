/**
 * Tokens of a character by its script, at most: measured with the tokenizers o200k, cl100k and Llama 3
 * (docs/understanding.md). Those of Llama 2 and Mistral 7B need up to 1.25 for a letter of the Arabic script.
 */
const tokensOfLatin = 0.38;
const tokensOfMarkedLatin = 1.4;
const tokensOfGreekAndCyrillic = 0.68;
const tokensOfArabic = 0.95;
const tokensOfOtherAlphabets = 1.1;
const tokensOfHan = 2;
/** Digits, punctuation and line breaks can be tokens of their own. */
const tokensOfSign = 1.05;

/**
 * Returns an upper bound of the tokens of a text, before it is sent. The exact number is known only from the server's
 * response.
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
  if (unit < 0x80) return tokensOfSign;
  if (unit < 0x250) return tokensOfMarkedLatin;
  if (unit < 0x530) return tokensOfGreekAndCyrillic;
  if (unit >= 0x600 && unit <= 0x6ff) return tokensOfArabic;
  return unit < 0x2e80 ? tokensOfOtherAlphabets : tokensOfHan;
}
