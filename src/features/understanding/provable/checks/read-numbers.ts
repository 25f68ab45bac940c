import { type PlainNumber, readCardinal } from './read-cardinal.ts';
import { readCompound } from './read-digits.ts';
import { type FoundNumber, readTogether } from './read-together.ts';
import { unitOf } from './units.ts';
import { type TextToken, tokensOf } from './word-tokens.ts';

/** Finds the numbers of a text. */
export function readNumbers(text: string): FoundNumber[] {
  return numbersOf(tokensOf(text));
}

/** Finds the numbers among tokens. */
export function numbersOf(tokens: readonly TextToken[]): FoundNumber[] {
  const found: PlainNumber[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = readAt(tokens, at);
    if (read === null) {
      at += 1;
      continue;
    }
    found.push(read);
    at = read.to;
  }
  return readTogether(found, tokens);
}

function readAt(tokens: readonly TextToken[], at: number): PlainNumber | null {
  const token = tokens[at];
  // «سه‌شنبه» is a weekday.
  if (token === undefined || tokens[at + 1]?.key === 'شنبه') return null;
  const special = token.kind === 'digits' ? readCompound(token.key) : null;
  if (special !== null)
    return { from: at, to: at + 1, readings: special, unit: unitOf(tokens, at, at + 1), isWeak: false };
  return readCardinal(tokens, at);
}
