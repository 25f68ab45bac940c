import type { Correction } from './correction/correct.ts';
import { keysOf } from './correction/words.ts';

/** So many spellings one person may keep: engines take no more either. */
export const mostEntries = 200;

/** More words in a row are a sentence that was misheard once, not a name that will be misheard again. */
const mostWords = 4;
/** In UTF-16 units; some services take no longer ones. */
export const longestSpelling = 50;

/** What of some corrections is worth remembering: words and names. A number is right here and wrong there. */
export function worthLearning(corrections: readonly Correction[]): Correction[] {
  return corrections.filter(({ wrong, right }) =>
    [wrong, right].every(
      (side) => side.length <= longestSpelling && keysOf(side).length <= mostWords && /\p{L}{2}/u.test(side),
    ),
  );
}
