import type { CommonWords } from '../../../glossary/index.ts';
import { findCalendarWords, isCalendarKey } from './calendar-words.ts';
import { isKnownName, isTitle } from './known-names.ts';
import { numberMeaningOf } from './number-lexicon.ts';
import { isSameAcrossScripts } from './spelling-across-scripts.ts';
import { currencyOf } from './units.ts';
import type { TextToken } from './word-tokens.ts';

/** What tells names from other words. */
export type NameRules = {
  readonly commonWords: CommonWords;
  /** Language of the statement, ISO 639-1. */
  readonly language: string;
  /** Keys that are written with a capital letter within sentences of the transcript. */
  readonly capitalised: ReadonlySet<string>;
  /** Keys of all words of the transcript. */
  readonly transcript: ReadonlySet<string>;
  /** Keys of names that the model itself says are in the statement. */
  readonly declared: ReadonlySet<string>;
  /** True when statement and transcript are in different scripts. */
  readonly isTranslated: boolean;
};

/** Languages that write every noun with a capital letter. */
const capitalNouns = new Set(['de', 'lb']);
/** Words with a capital letter that name nobody. */
const capitalWords = new Set('i ok okay mr mrs ms dr pm am tv usd eur english persian'.split(' '));
const verbPrefixes = new Set(['می', 'نمی']);
/** Shortest word that may be a name of the Arabic script, in letters. */
const minNameLetters = 3;

/**
 * Returns the tokens of a statement that are names, or may be: declared ones, frequent names, words with a capital
 * letter, words after a title, and in the Arabic script, which has no capital letters, rare words of the transcript.
 * @param spoken true for a word that stands in the evidence
 */
export function findNames(
  tokens: readonly TextToken[],
  rules: NameRules,
  spoken: (key: string) => boolean,
): TextToken[] {
  const calendar = new Set(findCalendarWords(tokens).flatMap(({ from, to }) => [from, to - 1]));
  return tokens.filter((token, at) => {
    const { key, kind } = token;
    if (kind !== 'word' || calendar.has(at) || currencyOf(key) !== null) return false;
    if (rules.declared.has(key) || isKnownName(key)) return true;
    // Numbers are compared by their value.
    if (numberMeaningOf(key) !== null) return false;
    if (isTitle(tokens[at - 1]?.key ?? '')) return !rules.commonWords.isCommon(key, rules.language);
    if (/^\p{Lu}/u.test(token.text)) return isCapitalName(token, rules, spoken);
    return isRareArabicWord(key, rules) && mayBeName(token, tokens[at - 1], rules);
  });
}

function isCapitalName(
  { key, isFirst }: TextToken,
  rules: NameRules,
  spoken: (key: string) => boolean,
): boolean {
  const bare = key.replace(/'s?$/, '');
  if (capitalWords.has(bare)) return false;
  if (!isFirst && !capitalNouns.has(rules.language)) return true;
  if (spoken(bare)) return false;
  return rules.capitalised.has(bare) || !rules.commonWords.isCommon(bare, rules.language);
}

/** Patterns of Arabic nouns and of Persian adjectives, which name nobody: «تعویق», «انتخاب», «ناراضی». */
const derived = /^(?:ت..ی.ه?|است..ا.|ا[نت]..ا.|نا.{3,}|بی.{3,})ی?$/u;

/**
 * Returns true for a rare word that may be a name: it stands elsewhere in the transcript, or begins a sentence. Other rare
 * words are a statement's own: «جلسه به تعویق افتاد».
 */
function mayBeName(
  { key, isFirst, followsHalfSpace }: TextToken,
  before: TextToken | undefined,
  { transcript }: NameRules,
): boolean {
  // «می‌گوید» is one word, and a verb; «سخت‌گیر» is one too.
  if (followsHalfSpace || verbPrefixes.has(before?.key ?? '')) return false;
  return transcript.has(key) || (isFirst && !derived.test(key));
}

/** Returns true for a word of the Arabic script that is not common, and so may be a name. */
export function isRareArabicWord(key: string, { commonWords, language, isTranslated }: NameRules): boolean {
  if (isTranslated || !/^\p{Script=Arabic}/u.test(key) || key.length < minNameLetters) return false;
  return !commonWords.isCommon(key, language);
}

/** Returns true for two forms of one name. */
export function isSameName(one: string, other: string): boolean {
  return createNameSearch([other])(one);
}

/** Returns true for a token of the transcript that is a name for sure; rare words are none. */
export function isSureName(token: TextToken, { capitalised }: Pick<NameRules, 'capitalised'>): boolean {
  const { key, kind, isFirst } = token;
  if (kind !== 'word' || numberMeaningOf(key) !== null || currencyOf(key) !== null) return false;
  if (isKnownName(key)) return true;
  if (isCalendarKey(key)) return false;
  if (!/^\p{Lu}/u.test(token.text) || capitalWords.has(key)) return false;
  return !isFirst || capitalised.has(key);
}

/** Returns a function that tells whether a name, or a form of it, is among words. */
export function createNameSearch(words: readonly string[]): (name: string) => boolean {
  const exact = new Set(words.flatMap(formsOf));
  return (name) => {
    const forms = formsOf(name);
    if (forms.some((form) => exact.has(form))) return true;
    return words.some((word) => {
      const isSameScript = isArabic(word) === isArabic(name);
      if (!isSameScript) return isSameAcrossScripts(name, word);
      return isNearlySame(forms[0] ?? name, formsOf(word)[0] ?? word);
    });
  };
}

/** Endings that a name takes in a sentence: «علی‌رو», «سارام», «تهرانی»; "Sara's". */
const endings = /(?:ها|های|هایی|یی|ی|رو|را|م|ت|ش|مان|تان|شان|ان|اند|ه|و|ن|ند)$/u;
const minStem = 3;

/** Returns a word without what clings to it, the word itself, and both without the second half of a compound. */
function formsOf(word: string): string[] {
  const bare = word.replace(/'s?$/, '');
  const stem = isArabic(bare) ? bare.replace(endings, '') : bare.replace(/(?<=.{4})s$/, '');
  return stem.length >= minStem && stem !== bare ? [bare, stem] : [bare];
}

/** Minimum length of names that may differ by one letter. */
const minFuzzyLetters = 6;

function isNearlySame(one: string, other: string): boolean {
  if (Math.min(one.length, other.length) < minFuzzyLetters || Math.abs(one.length - other.length) > 1)
    return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  let end = 0;
  const room = Math.min(one.length, other.length) - from;
  while (end < room && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return Math.max(one.length, other.length) - from - end <= 1;
}

function isArabic(word: string): boolean {
  return /^\p{Script=Arabic}/u.test(word);
}
