import { writeDigits } from '../persian/digits.ts';
import { persianLetters } from '../persian/letters.ts';
import { splitWords } from '../timed-words.ts';
import type { Segment } from '../transcript.ts';

/** A word of a transcript with its place. */
export type PlacedKey = {
  readonly segment: number;
  /** Index within the words of its segment. */
  readonly word: number;
  /** The word as it is written, with the punctuation around it. */
  readonly text: string;
  /** Key by which it is compared; never empty. */
  readonly key: string;
};

/** A range of words by their index in `placedKeys`; `to` is not included. */
export type Stretch = { readonly from: number; readonly to: number };

/** A range of words and its new text. */
export type Replacement = Stretch & { readonly right: string };

/** Vowel signs and other marks above Arabic letters, which are rarely written. */
const arabicMarks = /[\u064b-\u0655\u0670\u0640]/gu;
/** Letters with a hamza, and the same letters without it; the word is the same with or without the hamza. */
const bareLetters: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', ٱ: 'ا', ؤ: 'و', ئ: 'ی' };
/** The look-behind keeps it linear: a run within a word is tried once, not from each of its characters. */
const edges = /^[\p{P}\p{Cf}]+|(?<![\p{P}\p{Cf}])[\p{P}\p{Cf}]+$/gu;

/**
 * Returns the key by which a word is compared: without case, surrounding punctuation, half-spaces and vowel signs, with
 * ی and ک for their Arabic variants, and with digits in one script. Empty for punctuation only.
 */
export function wordKey(word: string): string {
  return writeDigits(persianLetters(word.normalize('NFKC')), 'latin')
    .toLowerCase()
    .replace(arabicMarks, '')
    .replace(/[أإٱؤئ]/gu, (letter) => bareLetters[letter] ?? letter)
    .replaceAll('’', "'")
    .replace(edges, '')
    .replaceAll(/\p{Cf}/gu, '');
}

/**
 * Returns the words of a transcript in order, without punctuation that stands alone.
 * @param known cache of keys by word, which the function extends; words repeat, and a lookup is faster than computing
 * the key
 */
export function placedKeys(
  segments: readonly Segment[],
  known: Map<string, string> = new Map(),
): PlacedKey[] {
  const placed: PlacedKey[] = [];
  for (const [segment, { text }] of segments.entries()) {
    for (const [word, written] of splitWords(text).entries()) {
      let key = known.get(written);
      if (key === undefined) {
        key = wordKey(written);
        known.set(written, key);
      }
      if (key !== '') placed.push({ segment, word, text: written, key });
    }
  }
  return placed;
}

/** Returns the keys of the words in a text. */
export function keysOf(text: string): string[] {
  return splitWords(text)
    .map(wordKey)
    .filter((key) => key !== '');
}

const arabicEnd = /\p{Script=Arabic}$/u;
const arabicStart = /^\p{Script=Arabic}/u;

/** Joins keys. In the Arabic script spaces are ignored, because writers disagree on where they belong. */
export function concatenateKeys(keys: readonly string[]): string {
  return keys.reduce((all, key) => {
    const isOneWord = all === '' || (arabicEnd.test(all) && arabicStart.test(key));
    return isOneWord ? all + key : `${all} ${key}`;
  }, '');
}
