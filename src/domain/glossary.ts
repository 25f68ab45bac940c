/** A user's spelling of a word, and what engines write instead. */
export type GlossaryEntry = {
  readonly id: number;
  readonly spelling: string;
  readonly misspellings: readonly string[];
};

/** Maximum number of entries of a user; engines take no more either. */
export const maxEntries = 200;

/** Maximum length of a spelling, in UTF-16 units; some engines take no longer ones. */
export const maxSpellingLength = 50;

/**
 * Maximum length of the hotwords together, in UTF-16 units. Whisper takes 223 tokens of prompt and drops the rest; one
 * token is about two Persian letters.
 */
const maxPromptLength = 350;
/** Maximum number of hotwords: engines that take a list take 100 (ElevenLabs, `keyterms`). */
const maxHotwords = 100;

/**
 * Returns the spellings to send to an engine, as many as every engine takes.
 * @param entries the latest first
 */
export function hotwordsOf(entries: readonly GlossaryEntry[]): string[] {
  const words: string[] = [];
  let length = 0;
  for (const { spelling } of entries.slice(0, maxHotwords)) {
    length += spelling.length + 2;
    if (length > maxPromptLength) break;
    words.push(spelling);
  }
  return words;
}
