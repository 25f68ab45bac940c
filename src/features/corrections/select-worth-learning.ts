import type { Correction } from '../../domain/correction/correct.ts';
import { keysOf } from '../../domain/correction/words.ts';
import { maxSpellingLength } from '../../domain/glossary.ts';

/**
 * Maximum number of words in an entry. A longer text is a sentence misheard once, not a name that is misheard again.
 */
const maxWords = 4;

/** Returns the corrections worth keeping in the glossary: words and names. A number is right in one place only. */
export function selectWorthLearning(corrections: readonly Correction[]): Correction[] {
  return corrections.filter(({ wrong, right }) =>
    [wrong, right].every(
      (side) => side.length <= maxSpellingLength && keysOf(side).length <= maxWords && /\p{L}{2}/u.test(side),
    ),
  );
}
