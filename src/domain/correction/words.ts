import { writeDigits } from '../persian/digits.ts';
import { persianLetters } from '../persian/letters.ts';
import { splitWords } from '../timed-words.ts';
import type { Segment } from '../transcript.ts';

/** A word of a transcript, and where it is. */
export type PlacedKey = {
  readonly segment: number;
  /** Within the words of its segment. */
  readonly word: number;
  /** What it is compared by; never empty. */
  readonly key: string;
};

/** Words in a row of a transcript, by their places in `placedKeys`: from the first to before the last. */
export type Stretch = { readonly from: number; readonly to: number };

/** A stretch and what is written there instead. */
export type Replacement = Stretch & { readonly right: string };

/** Vowel signs and other marks over Arabic letters, which hardly anybody writes. */
const arabicMarks = /[\u064b-\u0655\u0670\u0640]/gu;
/** Hamza on its carriers: written or not, it is the same word. */
const carriers: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', ٱ: 'ا', ؤ: 'و', ئ: 'ی' };
/** The look behind keeps it linear: a run within a word is tried once, not from each of its characters. */
const edges = /^[\p{P}\p{Cf}]+|(?<![\p{P}\p{Cf}])[\p{P}\p{Cf}]+$/gu;

/**
 * What a word is compared by: without case, punctuation around it, half-spaces and vowel signs, ی and ک for their
 * Arabic doubles, digits in one script. Empty for what is punctuation alone.
 */
export function wordKey(word: string): string {
  return writeDigits(persianLetters(word.normalize('NFKC')), 'latin')
    .toLowerCase()
    .replace(arabicMarks, '')
    .replace(/[أإٱؤئ]/gu, (letter) => carriers[letter] ?? letter)
    .replaceAll('’', "'")
    .replace(edges, '')
    .replaceAll(/\p{Cf}/gu, '');
}

/**
 * Returns the words of a transcript in their order; punctuation that stands alone is none.
 * @param known keys of words, added to: words repeat, and a key takes longer to make than to find
 */
export function placedKeys(
  segments: readonly Segment[],
  known: Map<string, string> = new Map(),
): PlacedKey[] {
  const placed: PlacedKey[] = [];
  for (const [segment, { text }] of segments.entries()) {
    for (const [word, spoken] of splitWords(text).entries()) {
      let key = known.get(spoken);
      if (key === undefined) {
        key = wordKey(spoken);
        known.set(spoken, key);
      }
      if (key !== '') placed.push({ segment, word, key });
    }
  }
  return placed;
}

/** The keys of a text that somebody wrote. */
export function keysOf(text: string): string[] {
  return splitWords(text)
    .map(wordKey)
    .filter((key) => key !== '');
}

const arabicEnd = /\p{Script=Arabic}$/u;
const arabicStart = /^\p{Script=Arabic}/u;

/** Keys as one: in the Arabic script a space is no difference, since nobody agrees on where it belongs. */
export function joinKeys(keys: readonly string[]): string {
  return keys.reduce((all, key) => {
    const isOneWord = all === '' || (arabicEnd.test(all) && arabicStart.test(key));
    return isOneWord ? all + key : `${all} ${key}`;
  }, '');
}
