import { splitWords } from './timed-words.ts';

/** Maximum length of a title, in words and in UTF-16 units; phones show about 30 letters of a file's name. */
const maxWords = 6;
const maxLength = 48;
/** Length of the beginning of a text in which its title is found, in UTF-16 units. */
export const beginningLength = 400;
/** Number of words after which the end of a sentence ends the title. */
const minWords = 3;
/** Words with which no title ends when it is cut, because they belong to what follows; so does a Persian ezafe (`ٔ`). */
const dangling =
  /^(?:an?|the|of|in|on|at|to|for|and|or|but|with|by|from|as|is|are|my|your|و|از|به|با|در|که|را|تا|برای|یا|یک|این|آن|.*ٔ)$/iu;
/** Maximum length of a file's own title, in UTF-16 units; a number must fit behind it (documents/file-name.ts). */
const maxOwnLength = 80;

/** Names that apps give to recordings, such as `AUD-20261130-WA0007` and `voice_2026-11-30_08-21`. */
const mechanical =
  /^(aud|audio|doc|document|file|img|mov|new|ptt|rec|recording|sound|track|vid|video|voice|voice ?message|صدا|ضبط|فایل)?[\s\p{N}_.,()+@-]*(wa\d+)?$/iu;

/** Returns the title in a file's name, without its extension; null for a name that says nothing, such as a date. */
export function titleInName(fileName: string | null): string | null {
  const name = fileName?.replace(/\.[^.]{1,5}$/, '').trim() ?? '';
  return mechanical.test(name) ? null : name.slice(0, maxOwnLength).trim();
}

/** Returns the first words of a text as a title, without the punctuation around them; null for a text without words. */
export function titleInText(text: string): string | null {
  const beginning = text.slice(0, beginningLength).trim();
  const taken: { readonly word: string; readonly end: number }[] = [];
  for (const word of splitWords(beginning)) {
    const end = beginning.indexOf(word, taken.at(-1)?.end ?? 0) + word.length;
    if (taken.length === maxWords || (taken.length > 0 && end > maxLength)) {
      while (taken.length > minWords && dangling.test(taken.at(-1)?.word ?? '')) taken.pop();
      break;
    }
    taken.push({ word, end });
    if (taken.length >= minWords && /[.!?؟…]$/u.test(word)) break;
  }
  const title = beginning
    .slice(0, Math.min(taken.at(-1)?.end ?? 0, maxLength))
    .replace(/\s+/gu, ' ')
    .replace(/^[\p{P}\p{Cf}]+|[\p{P}\p{Cf}\s]+$/gu, '');
  return /[\p{L}\p{N}]/u.test(title) ? title.toWellFormed() : null;
}
