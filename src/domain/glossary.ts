import type { Correction } from './correction/correct.ts';
import { keysOf } from './correction/words.ts';

/** How a person wants a word to be spelt, and what was heard in its place. */
export type GlossaryEntry = {
  readonly id: number;
  readonly spelling: string;
  readonly heard: readonly string[];
};

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

/** In UTF-16 units. Whisper takes 223 tokens of prompt and drops the rest; Persian has a token for about two letters. */
const mostPromptLength = 350;
/** Services that take a list take a hundred (ElevenLabs, `keyterms`). */
const mostHotwords = 100;

/** The spellings that an engine is told of, as many as every engine takes. @param entries the latest first */
export function hotwordsOf(entries: readonly GlossaryEntry[]): string[] {
  const words: string[] = [];
  let length = 0;
  for (const { spelling } of entries.slice(0, mostHotwords)) {
    length += spelling.length + 2;
    if (length > mostPromptLength) break;
    words.push(spelling);
  }
  return words;
}
