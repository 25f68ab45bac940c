import { compoundAt, isSuffixWord, splitCompound, splitNounInHe } from './compounds.ts';
import { letter } from './letters.ts';
import { readsAsVerb } from './verb-context.ts';
import { followsMi, isFiniteVerb, participleBeforeCopula } from './verbs.ts';
import {
  adjectives,
  called,
  counts,
  functionWords,
  letterNames,
  notPlurals,
  plainLetterNames,
  wetNouns,
  wineWords,
} from './word-list.ts';

/**
 * Half-space (U+200C). The orthography of the Academy of Persian Language and Literature (دستور خط فارسی) and the
 * school books require it where speech engines write a space or nothing. docs/persian.md has the rules.
 */
const halfSpace = '\u200c';

const words = new RegExp(`(?:${letter}|${halfSpace})+`, 'gu');
const marks = /[\u064b-\u0652\u0670]/gu;
const hasMarks = /[\u064b-\u0652\u0670]/u;
/** Maximum length of a word that is looked up, in letters. Longer ones stay as they are. */
const maxWord = 40;

/** A word with the text between it and the word before it. `bare` is without vowel signs. */
type Word = { text: string; bare: string; gap: string; isSpaced: boolean };

/** Joins prefixes and endings to their words with half-spaces, and removes half-spaces without effect. */
export function halfSpaces(text: string): string {
  const tokens: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(words)) {
    tokens.push({
      ...wordOf(match[0].replace(/\u200c{2,}/gu, halfSpace)),
      ...gapOf(text.slice(end, match.index)),
    });
    end = match.index + match[0].length;
  }
  for (const [at, token] of tokens.entries()) {
    if (token.bare.length <= maxWord) Object.assign(token, wordOf(splitWord(tokens, at)));
  }
  const rest = text.slice(end);
  const merged = connectWords(tokens);
  return (merged.map(({ gap, text: word }) => gap + word).join('') + rest).replace(loose, '');
}

/** `isSpaced`: only spaces stand between this word and the one before it. */
function gapOf(gap: string): { gap: string; isSpaced: boolean } {
  return { gap, isSpaced: gap === ' ' || /^ +$/u.test(gap) };
}

function wordOf(text: string): { text: string; bare: string } {
  return { text, bare: hasMarks.test(text) ? text.replace(marks, '') : text };
}

/** A half-space at the edge of a word, which joins nothing. */
const loose = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{Nd}])${halfSpace}+|${halfSpace}+(?![\\p{L}\\p{M}\\p{Nd}${halfSpace}])`,
  'gu',
);

const miWord = /^(?:بر|در|باز|وا|فرا|فرو|ور)?ن?می$/u;
const miPrefix = /^(?:بر|در|باز|وا|فرا|فرو|ور)?ن?می/u;
/** A plural whose half-space makes a difference: after ا, د, ر and others that join to nothing there is none. */
const plural = /^(.+[^اآأدذرزژو\u200c])(ها(?:ی(?:ی|م|ت|ش|مان|تان|شان|مون|تون|شون)?|ست|ش|مون|تون|شون)?)$/u;
const demonstrative = /^((?:هم)?(?:آن|این))(ها(?:یی|ی|یشان|ست|ش|رو)?)$/u;
const comparative = /^(.{2,})(تر(?:ین)?(?:ها(?:یی|ی)?|ی)?)$/u;

/** Writes the half-spaces inside a word that was written without them: «میروم», «کتابها», «نرمافزار». */
function splitWord(tokens: readonly Word[], at: number): string {
  const { text, bare } = tokens[at] as Word;
  if (text !== bare) return text;
  const cut = text.indexOf(halfSpace);
  const head = cut === -1 ? text : text.slice(0, cut);
  return splitHead(head, (offset) => neighbour(tokens, at, offset)) + (cut === -1 ? '' : text.slice(cut));
}

function splitHead(head: string, beside: (offset: number) => string | undefined): string {
  const prefix = head.includes('می') ? miPrefix.exec(head)?.[0] : undefined;
  // «می میرم» is «می‌میرم».
  if (
    prefix !== undefined &&
    !miWord.test(beside(-1) ?? '') &&
    followsMi(head.slice(prefix.length)) &&
    readsAsVerb(head, beside)
  ) {
    const verb = head.slice(prefix.length);
    const participle = participleBeforeCopula(verb);
    return `${prefix}${halfSpace}${participle === 0 ? verb : withHalfSpace(verb, participle)}`;
  }
  const mayBePlural = head.includes('ها');
  const pointing = mayBePlural ? demonstrative.exec(head) : null;
  if (pointing !== null) return `${pointing[1]}${halfSpace}${pointing[2]}`;
  const inHe = splitNounInHe(head);
  if (inHe !== null) return inHe;
  const perfect = /ها(?:م|یم|ید|ند)$/u.test(head) ? participleBeforeCopula(head) : 0;
  if (perfect !== 0) return withHalfSpace(head, perfect);
  const many = mayBePlural ? plural.exec(head) : null;
  if (many !== null && !notPlurals.has(many[1] as string)) {
    return `${splitCompound(many[1] as string)}${halfSpace}${many[2]}`;
  }
  const more = head.includes('تر') ? comparative.exec(head) : null;
  if (more !== null && adjectives.has(more[1] as string) && /[^اآدذرزژو]$/u.test(more[1] as string)) {
    const degree = (more[2] as string).replace(/(?<=ن)ها/u, `${halfSpace}ها`);
    return `${more[1]}${halfSpace}${degree}`;
  }
  const participle = participleBeforeCopula(head);
  return participle === 0 ? splitCompound(head) : withHalfSpace(head, participle);
}

function withHalfSpace(word: string, at: number): string {
  return `${word.slice(0, at)}${halfSpace}${word.slice(at)}`;
}

/** Returns the word at a distance in words from this one (negative: before it), if only spaces are between. */
function neighbour(tokens: readonly Word[], at: number, offset: number): string | undefined {
  const step = Math.sign(offset);
  for (let place = at; place !== at + offset; place += step) {
    const later = tokens[step > 0 ? place + 1 : place];
    if (later === undefined || !later.isSpaced || (step < 0 && place === 0)) return undefined;
  }
  return tokens[at + offset]?.bare;
}

/** Joins words that are one. A word that was joined is the word before the next one. */
function connectWords(tokens: readonly Word[]): Word[] {
  const merged: Word[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Word;
    const next = (offset: number) => neighbour(tokens, at, offset);
    const before = merged.at(-1);
    const joint =
      before !== undefined && token.isSpaced && token.bare.length <= maxWord && before.bare.length <= maxWord
        ? jointOf(before, token, merged, next)
        : null;
    const current = joint === null || before === undefined ? { ...token } : before;
    if (current === before) append(before, joint as string, token);
    else merged.push(current);
    const compound = token.bare.length <= maxWord ? compoundAt(current.bare, next) : null;
    for (const sign of compound ?? spelledOut(current.bare, next)) {
      at += 1;
      append(current, sign, tokens[at] as Word);
    }
  }
  return merged;
}

/** Returns a half-space for each name of a letter that follows another: «آی پی», «اچ تی ام ال», «بی ام و». */
function spelledOut(first: string, next: (offset: number) => string | undefined): string[] {
  if (!letterNames.has(first) || first === 'و') return [];
  const run = [first];
  for (
    let name = next(1);
    name !== undefined && letterNames.has(name) && run.length < 8;
    name = next(run.length)
  ) {
    run.push(name);
  }
  // «و» ends a name only in «بی ام و»; everywhere else it is "and".
  if (run.at(-1) === 'و' && run.join(' ') !== 'بی ام و') run.pop();
  if (run.slice(1, -1).includes('و') || run.length < 2) return [];
  const plain = run.filter((name) => plainLetterNames.has(name)).length;
  return plain > 0 && (plain > 1 || run.length > 1)
    ? run.slice(1).map(() => halfSpace)
    : run.at(-1) === 'و'
      ? [halfSpace, halfSpace]
      : [];
}

function append(word: Word, joint: string, next: Word): void {
  word.text += joint + next.text;
  word.bare += joint + next.bare;
}

const pluralWord = /^ها(?:ی(?:ی|م|ت|ش|مان|تان|شان|مون|تون|شون)?|ست|م|ت|ش|مون|تون|شون)?(?:\u200c|$)/u;
const comparativeWord = /^تر(?:ین)?(?:\u200c?ها(?:ی|یی)?|ی)?$/u;
/** Endings of comparatives that are words of their own: «ترش», «ترم», «تره», «ترند». */
const comparativeHomograph = /^تر(?:م|ش|ه|ند|ن)$/u;

/** Returns what joins a word to the word before it, or null where the space stays. */
function jointOf(
  before: Word,
  { bare: word }: Word,
  earlier: readonly Word[],
  next: (offset: number) => string | undefined,
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
function isVerbAfter(earlier: readonly Word[], verb: string): boolean {
  const head = verb.split(halfSpace)[0] as string;
  if (!followsMi(head)) return false;
  const prefix = earlier.at(-1) as Word;
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

function isPlural({ bare: noun }: Word, word: string, next: (offset: number) => string | undefined): boolean {
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

function comparativeJoint(
  stem: string,
  word: string,
  next: (offset: number) => string | undefined,
): string | null {
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
function endingJoint(
  stem: string,
  word: string,
  next: (offset: number) => string | undefined,
): string | null {
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
