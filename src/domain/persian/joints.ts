import { isSuffixWord } from './compounds.ts';
import { type Beside, halfSpace, miWord, type SpacedWord } from './spaced-word.ts';
import { followsMi, isFiniteVerb } from './verbs.ts';
import { adjectives, called, counts, functionWords, letterNames, wetNouns, wineWords } from './word-list.ts';

const pluralWord = /^ها(?:ی(?:ی|م|ت|ش|مان|تان|شان|مون|تون|شون)?|ست|م|ت|ش|مون|تون|شون)?(?:\u200c|$)/u;
const comparativeWord = /^تر(?:ین)?(?:\u200c?ها(?:ی|یی)?|ی)?$/u;
/** Endings of comparatives that are words of their own: «ترش», «ترم», «تره», «ترند». */
const comparativeHomograph = /^تر(?:م|ش|ه|ند|ن)$/u;

/** Returns what joins a word to the word before it, or null where the space stays. */
export function jointOf(
  before: SpacedWord,
  { bare: word }: SpacedWord,
  earlier: readonly SpacedWord[],
  next: Beside,
): string | null {
  const stem = before.bare;
  if (stem.endsWith('می') && miWord.test(stem)) return isVerbAfter(earlier, word) ? halfSpace : null;
  // An ezafe stands between two words: «نویسهٔ گریز».
  if (functionWords.has(stem) || stem.endsWith('\u0654')) return null;
  if (pluralWord.test(word)) return isPlural(before, word, next) ? halfSpace : null;
  if (comparativeWord.test(word)) return comparativeJoint(stem, word, next);
  if (comparativeHomograph.test(word)) return adjectives.has(stem) ? halfSpace : null;
  if (isSuffixWord(word)) return stem.length > 2 && !isFiniteVerb(stem) ? halfSpace : null;
  return endingJoint(stem, word, next);
}

/** Tells the sign of a verb from the month of May and from wine. */
function isVerbAfter(earlier: readonly SpacedWord[], verb: string): boolean {
  const head = verb.split(halfSpace)[0] as string;
  if (!followsMi(head)) return false;
  const prefix = earlier.at(-1) as SpacedWord;
  if (prefix.bare !== 'می') return true;
  if (/[\d٠-٩۰-۹] *$/u.test(prefix.gap)) return !head.startsWith('بود');
  const before = prefix.isSpaced ? earlier.at(-2)?.bare : undefined;
  if (before === undefined) return true;
  if (wineWords.has(before)) return false;
  if (before === 'ماه') {
    return earlier.at(-2)?.isSpaced === true && counts.has(earlier.at(-3)?.bare ?? '') && /^ش/u.test(head);
  }
  return !(/(?:ه|و|ن|ار|اد|س|ش|ج|ول)م$/u.test(before) && head.startsWith('بود'));
}

function isPlural({ bare: noun }: SpacedWord, word: string, next: Beside): boolean {
  const after = next(1);
  if (/^هات$/u.test(word) && /^(?:داگ|چاکلت|شات|اسپات|دیتا)/u.test(after ?? '')) return false;
  if (word === 'های' && /^(?:کپی|تک|لایت|و)$/u.test(after ?? '')) return false;
  if (word !== 'ها') return true;
  // «گفتم ها!», «سردمه ها!»: the particle that warns.
  if (/^ن?می\u200c/u.test(noun)) return false;
  if (after !== undefined) return true;
  if (isFiniteVerb(noun)) return false;
  return ![/ه$/u, /[متش]ه$/u].some((ending) => adjectives.has(noun.replace(ending, '')) && ending.test(noun));
}

function comparativeJoint(stem: string, word: string, next: Beside): string | null {
  if (word === 'تر') {
    if (stem === 'خیلی' || stem === 'بسیار') return null;
    if (isWet(stem)) return null;
    if (next(1) === 'و' && /^(?:تازه|تمیز|خشک|فرز|چسب)/u.test(next(2) ?? '')) return null;
  }
  // The Academy writes «بیشتر», «کمتر» without a half-space.
  return stem === 'بیش' || stem === 'کم' ? '' : halfSpace;
}

function isWet(word: string): boolean {
  const noun = word.replace(/\u200c.*$/u, '');
  if (wetNouns.has(noun)) return true;
  return [/(?:ان|ها)(?:ی?[متش]|ی?شان|یم)?$/u, /ی?[متش]$/u, /(?:مان|تان|شان)$/u].some((ending) =>
    wetNouns.has(noun.replace(ending, '')),
  );
}

const copulas = new Set(['ام', 'ای', 'ایم', 'اید', 'اند', 'اش', 'ات']);
const pronouns = new Set(['مان', 'تان', 'شان']);
const spokenPronouns = new Set(['مون', 'تون', 'شون']);

/** Returns what joins a verb «to be» or a pronoun to its word: «خسته‌ام», «خانه‌ی», «ایرانی‌اند», «پدرشان». */
function endingJoint(stem: string, word: string, next: Beside): string | null {
  if (stem.length < 3 && !(stem === 'سی' && word === 'ام')) {
    return pronouns.has(word) && stem.length === 2 && /[^اوی]$/u.test(stem) ? '' : null;
  }
  const afterHe = /[^ا]ه$/u.test(stem);
  if (word === 'ی') return afterHe ? halfSpace : null;
  if (word === 'شان' && next(1) === 'و' && /^(?:منزلت|مقام|شوکت)/u.test(next(2) ?? '')) return null;
  if (copulas.has(word)) {
    if (
      word === 'ای' &&
      (called.has(next(1) ?? '') || (!afterHe && next(1) !== undefined && next(1) !== 'که'))
    ) {
      return null;
    }
    if (word === 'ام' && letterNames.has(next(1) ?? '')) return null;
    if (afterHe || /ی$/u.test(stem)) return halfSpace;
    return word === 'اند' && /[^اآو]$/u.test(stem) ? halfSpace : null;
  }
  if (afterHe && spokenPronouns.has(word)) return halfSpace;
  if (!pronouns.has(word) || isFiniteVerb(stem)) return null;
  if (afterHe || /ی$/u.test(stem)) return halfSpace;
  return /[^اآو]$/u.test(stem) ? '' : null;
}
