/**
 * Normalises text for the search. `search_form` and `search_words` in the database (prisma/routines) do the same
 * and decide what is found; this code finds the places of the matches in a text. A test keeps both in agreement.
 */

/**
 * A word in the forms in which it is searched (the whole word, then its pieces), and its range in the text (UTF-16
 * units).
 */
export type SearchWord = { readonly forms: readonly string[]; readonly start: number; readonly end: number };

const halfSpace = '\u200c';

/** Marks above and below letters, the stretching character and invisible characters; they are removed. */
const ignored =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks by themselves are what is meant.
  /[\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+/gu;

/** Characters between words. */
const between =
  /[\p{Cc}\u0020-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4\u2000-\u200b\u2010-\u2029\u202f-\u205f\u206a-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufd3e\ufd3f\ufe10-\ufe6f]/gu;

/** Letters that look or sound the same, mapped to one of them. */
const doubles = new Map<string, string>(
  [
    ['ىيے', 'ی'],
    ['كڪ', 'ک'],
    ['ہھەة', 'ه'],
    ['ٱ', 'ا'],
    ['ς', 'σ'],
  ].flatMap(([many = '', one = '']) => [...many].map((letter) => [letter, one] as const)),
);

/** می روم, کتاب ها, خانه ی: searched as if written with a half-space. */
const prefixes = /(^| )(ن?می)( +)(?=[^ ])/gu;
const endings =
  /( +)(ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|تر|ترین|ام|ای|اند|ایم|اید|اش|ات|ی)(?= |$)/gu;
/** خانه‌ی is another spelling of خانهٔ. */
const looseYeh = /(?<=ه)(\u200c+ی)(?= |$)/gu;

/** Number of code points of a word that count, as in `search_words`. */
const maxLetters = 40;

/** Returns the words of a text in the forms in which they are searched, in order. */
export function findSearchWords(text: string): SearchWord[] {
  const { folded, places } = fold(text);
  const form = folded
    .replace(prefixes, (_, before: string, prefix: string, gap: string) => before + prefix + joint(gap))
    .replace(endings, (_, gap: string, ending: string) => joint(gap) + ending)
    .replace(looseYeh, joint);
  return [...form.matchAll(/[^ ]+/gu)].flatMap(({ 0: word, index }) => {
    const forms = formsOf(word);
    const start = places[index];
    const end = places[index + word.replace(/\u200c+$/u, '').length];
    return forms.length === 0 || start === undefined || end === undefined ? [] : [{ forms, start, end }];
  });
}

/** Returns the words of a search query, each once. */
export function wordsOfQuery(query: string): string[] {
  return [...new Set(findSearchWords(query).flatMap(({ forms: [whole] }) => whole ?? []))];
}

/** Returns a word as a whole, and its pieces where it has half-spaces. */
function formsOf(word: string): string[] {
  const wordForms = word.split(halfSpace).filter((form) => form !== '');
  const all = wordForms.length > 1 ? [wordForms.join(''), ...wordForms] : wordForms;
  return all.map((form) => [...form].slice(0, maxLetters).join(''));
}

/** Returns half-spaces for as many characters, so that places in the text stay the same. */
function joint(gap: string): string {
  return halfSpace.repeat(gap.length);
}

/** Folds the text letter by letter. `places` holds, for each unit of the result, its origin in the text. */
function fold(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const letters = character.normalize('NFKD').toLowerCase().replace(ignored, '').replace(between, ' ');
    const plain = [...letters].map((letter) => doubles.get(letter) ?? latinDigit(letter)).join('');
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    folded += plain;
    at += character.length;
  }
  return { folded, places: [...places, at] };
}

function latinDigit(letter: string): string {
  return /[٠-٩۰-۹]/u.test(letter) ? String(letter.charCodeAt(0) & 0xf) : letter;
}
