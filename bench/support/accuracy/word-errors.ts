const halfSpace = '\u200c';

/** Counts of one comparison. Rates are sums of `errors` over sums of `length`. */
export type Errors = {
  /** Words or characters that are wrong, missing or too many. */
  readonly errors: number;
  /** Words or characters that were said. */
  readonly length: number;
};

/** The errors of a transcript, counted in three ways. */
export type TranscriptErrors = {
  /** Words, with a half-space as part of a word: «می‌روم» is not «می روم». */
  readonly words: Errors;
  /** Words, where «می‌روم», «می روم» and «میروم» are the same. */
  readonly wordsWithoutHalfSpaces: Errors;
  /** Characters without spaces and half-spaces. */
  readonly characters: Errors;
};

/**
 * Compares a transcript with what was said. Letter case, punctuation, vowel marks, variants of letters and the script
 * of digits do not count. The transcript is not corrected: half-spaces count as they stand.
 */
export function countErrors(said: string, transcribed: string): TranscriptErrors {
  const [expected, found] = [wordsOf(said), wordsOf(transcribed)];
  const compounds = new Set([...expected, ...found].filter((word) => word.includes(halfSpace)));
  const [expectedCompounds, foundCompounds] = [
    writeCompounds(expected, compounds),
    writeCompounds(found, compounds),
  ];
  const letters = (words: readonly string[]) => [...words.join('').replaceAll(halfSpace, '')];
  return {
    words: { errors: distance(expected, found), length: expected.length },
    wordsWithoutHalfSpaces: {
      errors: distance(expectedCompounds, foundCompounds),
      length: expectedCompounds.length,
    },
    characters: { errors: distance(letters(expected), letters(found)), length: letters(expected).length },
  };
}

/** Returns the sum of two counts. */
export function addErrors(a: TranscriptErrors, b: TranscriptErrors): TranscriptErrors {
  const sum = (one: Errors, other: Errors) => ({
    errors: one.errors + other.errors,
    length: one.length + other.length,
  });
  return {
    words: sum(a.words, b.words),
    wordsWithoutHalfSpaces: sum(a.wordsWithoutHalfSpaces, b.wordsWithoutHalfSpaces),
    characters: sum(a.characters, b.characters),
  };
}

export const noErrors: TranscriptErrors = {
  words: { errors: 0, length: 0 },
  wordsWithoutHalfSpaces: { errors: 0, length: 0 },
  characters: { errors: 0, length: 0 },
};

/** Returns a rate in percent, with one decimal; null where nothing was said. */
export function percentOf({ errors, length }: Errors): number | null {
  return length === 0 ? null : Math.round((1000 * errors) / length) / 10;
}

/** Spellings of one letter in Persian; editors differ in the hamza. */
const sameLetters: Readonly<Record<string, string>> = {
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  أ: 'ا',
  إ: 'ا',
  ؤ: 'و',
  ئ: 'ی',
  ة: 'ه',
  '\u06c0': 'ه',
};
const variants = new RegExp(`[${Object.keys(sameLetters).join('')}]`, 'gu');

/** Returns the words of a text in the form in which they are compared. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .replaceAll(variants, (letter) => sameLetters[letter] ?? letter)
      .replaceAll(/[۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x06f0))
      .replaceAll(/[٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x0660))
      // Vowel marks, the hamza above heh («خانهٔ»), and the tatweel.
      .replaceAll(/[\p{M}\u0640]/gu, '')
      .toLowerCase()
      .replaceAll(/['’]/g, '')
      .replaceAll(/[^\p{L}\p{N}\u200c]+/gu, ' ')
      .replaceAll(/\u200c*( |^|$)\u200c*/g, '$1')
      .replaceAll(/\u200c+/g, halfSpace)
      .split(' ')
      .filter((word) => word !== '')
  );
}

/** Writes each compound with its half-spaces, however it was spelled. */
function writeCompounds(words: readonly string[], compounds: ReadonlySet<string>): string[] {
  const byLetters = new Map([...compounds].map((word) => [word.replaceAll(halfSpace, ''), word]));
  const written: string[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 1;
    let word = words[at] ?? '';
    for (let count = Math.min(4, words.length - at); count >= 1; count--) {
      const letters = words
        .slice(at, at + count)
        .join('')
        .replaceAll(halfSpace, '');
      const compound = byLetters.get(letters);
      if (compound === undefined) continue;
      [word, taken] = [compound, count];
      break;
    }
    written.push(word);
    at += taken;
  }
  return written;
}

/** Returns the number of insertions, deletions and replacements (Levenshtein), in memory of one row. */
function distance(expected: readonly string[], found: readonly string[]): number {
  const numbers = new Map<string, number>();
  const numberOf = (item: string) => {
    const known = numbers.get(item) ?? numbers.size;
    numbers.set(item, known);
    return known;
  };
  return distanceOfNumbers(Uint32Array.from(expected, numberOf), Uint32Array.from(found, numberOf));
}

function distanceOfNumbers(expected: Uint32Array, found: Uint32Array): number {
  let row = Uint32Array.from({ length: found.length + 1 }, (_, index) => index);
  let next = new Uint32Array(found.length + 1);
  for (let line = 0; line < expected.length; line++) {
    const item = expected[line];
    next[0] = line + 1;
    for (let column = 1; column <= found.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (item === found[column - 1] ? 0 : 1);
      next[column] = Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1);
    }
    [row, next] = [next, row];
  }
  return row[found.length] ?? 0;
}
