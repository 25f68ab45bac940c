import { compoundAt } from './compounds.ts';
import { jointOf } from './joints.ts';
import { letter } from './letters.ts';
import { type Beside, halfSpace, type SpacedWord } from './spaced-word.ts';
import { splitWord } from './split-word.ts';
import { letterNames, plainLetterNames } from './word-list.ts';

const words = new RegExp(`(?:${letter}|${halfSpace})+`, 'gu');
const marks = /[\u064b-\u0652\u0670]/gu;
const hasMarks = /[\u064b-\u0652\u0670]/u;
/** Maximum length of a word that is looked up, in letters. Longer ones stay as they are. */
const maxWord = 40;

/** Joins prefixes and endings to their words with half-spaces, and removes half-spaces without effect. */
export function halfSpaces(text: string): string {
  const tokens: SpacedWord[] = [];
  let end = 0;
  for (const match of text.matchAll(words)) {
    tokens.push({
      ...wordOf(match[0].replace(/\u200c{2,}/gu, halfSpace)),
      ...gapOf(text.slice(end, match.index)),
    });
    end = match.index + match[0].length;
  }
  for (const [at, token] of tokens.entries()) {
    if (token.bare.length <= maxWord) Object.assign(token, wordOf(splitToken(tokens, at)));
  }
  const rest = text.slice(end);
  const merged = connectWords(tokens);
  return (merged.map(({ gap, text: word }) => gap + word).join('') + rest).replace(loose, '');
}

/** `isSpaced`: only spaces stand between this word and the one before it. */
function gapOf(gap: string): { gap: string; isSpaced: boolean } {
  return { gap, isSpaced: gap === ' ' || /^ +$/u.test(gap) };
}

function wordOf(text: string): { text: string; bare: string } {
  return { text, bare: hasMarks.test(text) ? text.replace(marks, '') : text };
}

/** A half-space at the edge of a word, which joins nothing. */
const loose = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{Nd}])${halfSpace}+|${halfSpace}+(?![\\p{L}\\p{M}\\p{Nd}${halfSpace}])`,
  'gu',
);

/** Splits a word up to its own first half-space; a word with vowel signs stays. */
function splitToken(tokens: readonly SpacedWord[], at: number): string {
  const { text, bare } = tokens[at] as SpacedWord;
  if (text !== bare) return text;
  const cut = text.indexOf(halfSpace);
  const head = cut === -1 ? text : text.slice(0, cut);
  return splitWord(head, (offset) => neighbour(tokens, at, offset)) + (cut === -1 ? '' : text.slice(cut));
}

/** Returns the word at a distance in words from this one (negative: before it), if only spaces are between. */
function neighbour(tokens: readonly SpacedWord[], at: number, offset: number): string | undefined {
  const step = Math.sign(offset);
  for (let place = at; place !== at + offset; place += step) {
    const later = tokens[step > 0 ? place + 1 : place];
    if (later === undefined || !later.isSpaced || (step < 0 && place === 0)) return undefined;
  }
  return tokens[at + offset]?.bare;
}

/** Joins words that are one. A word that was joined is the word before the next one. */
function connectWords(tokens: readonly SpacedWord[]): SpacedWord[] {
  const merged: SpacedWord[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as SpacedWord;
    const next = (offset: number) => neighbour(tokens, at, offset);
    const before = merged.at(-1);
    const joint =
      before !== undefined && token.isSpaced && token.bare.length <= maxWord && before.bare.length <= maxWord
        ? jointOf(before, token, merged, next)
        : null;
    const current = joint === null || before === undefined ? { ...token } : before;
    if (current === before) append(before, joint as string, token);
    else merged.push(current);
    const compound = token.bare.length <= maxWord ? compoundAt(current.bare, next) : null;
    for (const sign of compound ?? spelledOut(current.bare, next)) {
      at += 1;
      append(current, sign, tokens[at] as SpacedWord);
    }
  }
  return merged;
}

/** Returns a half-space for each name of a letter that follows another: «آی پی», «اچ تی ام ال», «بی ام و». */
function spelledOut(first: string, next: Beside): string[] {
  if (!letterNames.has(first) || first === 'و') return [];
  const run = [first];
  for (
    let name = next(1);
    name !== undefined && letterNames.has(name) && run.length < 8;
    name = next(run.length)
  ) {
    run.push(name);
  }
  // «و» ends a name only in «بی ام و»; everywhere else it is "and".
  if (run.at(-1) === 'و' && run.join(' ') !== 'بی ام و') run.pop();
  if (run.slice(1, -1).includes('و') || run.length < 2) return [];
  const isName = run.at(-1) === 'و' || run.some((name) => plainLetterNames.has(name));
  return isName ? run.slice(1).map(() => halfSpace) : [];
}

function append(word: SpacedWord, joint: string, next: SpacedWord): void {
  word.text += joint + next.text;
  word.bare += joint + next.bare;
}
