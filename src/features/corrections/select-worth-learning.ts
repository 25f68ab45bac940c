import type { Correction } from '../../domain/correction/correct.ts';
import { keysOf } from '../../domain/correction/words.ts';
import { maxSpellingLength } from '../../domain/glossary.ts';

/**
 * Maximum number of words in an entry. A longer text is a sentence, not a name that is misspelt again.
 */
const maxWords = 4;

/**
 * A spelling for the glossary. `wrong` is null when engines wrote only common words in its place: a glossary that
 * replaced those would change them everywhere.
 */
export type Lesson = { readonly wrong: string | null; readonly right: string };

/** What corrections teach: some spellings at once, others only if the user wants. */
export type Lessons = { readonly learn: readonly Lesson[]; readonly ask: readonly Lesson[] };

/**
 * Returns what corrections teach. A rare word or a name is learnt. A common word is offered, when the misspelling is
 * rare. A common word in place of another one (`its`, `his`) is right in one place only, and so is a number.
 * @param isCommon returns true for a text of common words only
 */
export function selectWorthLearning(
  corrections: readonly Correction[],
  isCommon: (text: string) => boolean,
): Lessons {
  const learn: Lesson[] = [];
  const ask: Lesson[] = [];
  for (const { wrong, right } of corrections) {
    if (![wrong, right].every(isShortText)) continue;
    const isWrongCommon = isCommon(wrong);
    if (!isCommon(right)) learn.push({ wrong: isWrongCommon ? null : wrong, right });
    else if (!isWrongCommon) ask.push({ wrong, right });
  }
  return { learn, ask };
}

function isShortText(side: string): boolean {
  return side.length <= maxSpellingLength && keysOf(side).length <= maxWords && /\p{L}{2}/u.test(side);
}
