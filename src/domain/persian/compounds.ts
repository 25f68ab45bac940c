import { afterBi, compounds, nounsInHe, pairs, suffixWords } from './compound-list.ts';
import { headOf, isInflection, maxInflection } from './inflections.ts';
import { halfSpace } from './spaced-word.ts';

/** From the first and the second word of compounds: their words after the first. */
const phrases = new Map<string, Map<string, Joint[][]>>();
/** A further word of a compound, and what joins it to the word before it: a half-space or nothing. */
type Joint = { readonly word: string; readonly joint: string };

/** From a compound without half-spaces to its right form. */
const unspaced = new Map<string, string>();

for (const compound of wordsOf(compounds)) add(compound, true);
for (const word of wordsOf(afterBi)) add(`بی~${word}`, false);
for (const pair of pairs.match(/\S+ و \S+/gu) ?? []) {
  const [first = '', , last = ''] = pair.split(' ');
  add(`${first}~و+${last}`, false);
}

function wordsOf(list: string): string[] {
  return list.trim().split(/\s+/);
}

function add(compound: string, alsoUnspaced: boolean): void {
  const [first = '', ...rest] = compound.split(/[~=+]/u);
  const signs: readonly string[] = compound.match(/[~=+]/gu) ?? [];
  const joints = rest.map((word, at) => ({ word, joint: signs[at] === '+' ? '' : halfSpace }));
  const seconds = phrases.get(first) ?? new Map<string, Joint[][]>();
  phrases.set(first, seconds);
  const second = rest[0] ?? '';
  seconds.set(second, [...(seconds.get(second) ?? []), joints]);
  if (!alsoUnspaced || signs.includes('=') || !signs.includes('~')) return;
  // A half-space after a letter that joins to nothing is invisible: «خودروسازی» is right without it.
  const right = compound.replaceAll('+', '').replaceAll('~', halfSpace);
  if (new RegExp(`[^اآأدذرزژو]${halfSpace}`, 'u').test(right))
    unspaced.set(right.replaceAll(halfSpace, ''), right);
}

/** The first three letters of those, so that other words are not looked up with every ending. */
const unspacedBeginnings = new Set([...unspaced.keys()].map((word) => word.slice(0, 3)));

const suffixes = new Set(wordsOf(suffixWords));
const inHe = new Set(wordsOf(nounsInHe).map((noun) => noun.slice(0, -1)));

/**
 * Returns what joins the words of the longest compound that begins with `first`, or null. The last word may have an
 * ending: «پایان نامه‌ام», «دانش آموزان».
 */
export function compoundAt(
  first: string,
  next: (offset: number) => string | undefined,
): readonly string[] | null {
  const seconds = phrases.get(first);
  const second = seconds === undefined ? undefined : next(1);
  if (seconds === undefined || second === undefined) return null;
  const head = headOf(second);
  let found: readonly Joint[] = [];
  for (let end = 0; end <= maxInflection && end < head.length; end += 1) {
    for (const joints of seconds.get(head.slice(0, head.length - end)) ?? []) {
      const matches = joints.every(({ word }, at) => {
        const text = next(at + 1);
        return text !== undefined && (at === joints.length - 1 ? isFormOf(text, word) : text === word);
      });
      if (matches && joints.length > found.length) found = joints;
    }
  }
  return found.length === 0 ? null : found.map(({ joint }) => joint);
}

/** «بچه دارند» and «بچه داری» are sentences. */
const verbOfHaving = /^دار(?:م|ی|یم|ید|ند)$/u;

function isFormOf(text: string, word: string): boolean {
  if (word === 'دار' && verbOfHaving.test(text)) return false;
  return text === word || (text.startsWith(word) && isInflection(word, text.slice(word.length)));
}

/** Reports whether a word is a second part such as «پذیر» or «کننده». */
export function isSuffixWord(word: string): boolean {
  return suffixes.has(headOf(word));
}

/** Writes the half-spaces of a compound that was written without them: «نرمافزاری», «برنامهای». */
export function splitCompound(word: string): string {
  if (word.length > 24 || !unspacedBeginnings.has(word.slice(0, 3))) return word;
  for (let end = 0; end <= maxInflection && end < word.length; end += 1) {
    const stem = word.slice(0, word.length - end);
    const ending = word.slice(word.length - end);
    const right = unspaced.get(stem);
    if (right !== undefined && isInflection(stem, ending)) return right + ending;
  }
  return word;
}

/** Writes the half-space before the ending of a noun in a silent ه: «برنامهای», which is no «برنام‌های». */
export function splitNounInHe(word: string): string | null {
  const he = /ه(?=(?:ای|ام|اش|ات|اند|ایم)$)/u.exec(word);
  if (he === null || !inHe.has(word.slice(0, he.index))) return null;
  return `${word.slice(0, he.index + 1)}${halfSpace}${word.slice(he.index + 1)}`;
}
