import { causativeVerbs, irregularVerbs, rareVerbs, regularVerbs } from './verb-list.ts';

/** Present stems, and those of speech, which take fewer endings. */
const present = new Set<string>();
const spokenPresent = new Set<string>();
const past = new Set<string>();

for (const infinitive of [...wordsOf(regularVerbs), ...wordsOf(rareVerbs)])
  add(infinitive, [infinitive.slice(0, -3)]);
for (const infinitive of wordsOf(causativeVerbs)) {
  const stem = infinitive.slice(0, -2);
  add(infinitive, [stem]);
  // «ترسانیدن», and «می‌ترسونم», «می‌ترسوندم» in speech.
  past.add(`${stem}ید`);
  const spoken = `${stem.slice(0, -2)}ون`;
  spokenPresent.add(spoken);
  past.add(`${spoken}د`);
}
for (const line of irregularVerbs.trim().split('\n')) {
  const [written = '', spoken = ''] = line.split(' / ');
  const [infinitive = '', ...stems] = written.split(' ');
  add(infinitive, stems);
  for (const stem of wordsOf(spoken)) {
    if (stem.startsWith('+')) past.add(stem.slice(1));
    else spokenPresent.add(stem);
  }
}

function wordsOf(list: string): string[] {
  return list.trim().split(/\s+/).filter(Boolean);
}

function add(infinitive: string, stems: readonly string[]): void {
  past.add(infinitive.slice(0, -1));
  for (const stem of stems) present.add(stem);
}

const written = ['م', 'ی', 'د', 'یم', 'ید', 'ند'];
const spoken = ['م', 'ی', 'ه', 'یم', 'ید', 'ین', 'ن'];
/** Stems of speech that end in ا take -د and -ن: «می‌خواد», «می‌خوان». */
const spokenAfterVowel = [...spoken, 'د'];
const pastEndings = ['', 'م', 'ی', 'یم', 'ید', 'ند', 'ن', 'ین', 'ه', 'هام', 'های', 'هایم', 'هاید', 'هاند'];
const clitics = ['م', 'ت', 'ش', 'مان', 'تان', 'شان', 'مون', 'تون', 'شون'];

/** Returns the endings, each alone and with a pronoun after it: «می‌بینم», «می‌بینمش». */
function withClitics(endings: readonly string[]): ReadonlySet<string> {
  return new Set(endings.flatMap((ending) => [ending, ...clitics.map((clitic) => ending + clitic)]));
}

/** «می‌بینتش»: in speech the third person has a ت before a pronoun. */
const spokenThird = clitics.map((clitic) => `ت${clitic}`);
const presentSet = new Set([...withClitics([...written, ...spoken]), ...spokenThird]);
const spokenSet = new Set([...withClitics(spoken), ...spokenThird]);
const spokenAfterVowelSet = new Set([...withClitics(spokenAfterVowel), ...spokenThird]);
const pastSet = withClitics(pastEndings);
/** Impersonal forms without an ending: «می‌توان گفت», «می‌باید رفت». */
const bare = new Set(['توان', 'شاید', 'باید', 'بایست', 'بایستی']);
const maxEnding = 6;
/** The longest form of the list has 16 letters. */
const maxForm = 24;

/** Reports whether «می» before this word makes a verb of it: «روم», «رفتند», «بینمش», «گفته». */
export function followsMi(word: string): boolean {
  if (word.length > maxForm) return false;
  if (bare.has(word)) return true;
  const form = word.includes('ئ') ? word.replaceAll('ئ', 'ی') : word;
  for (let end = 0; end <= maxEnding && end < form.length; end += 1) {
    const stem = form.slice(0, form.length - end);
    const ending = form.slice(form.length - end);
    if (past.has(stem) && pastSet.has(ending)) return true;
    if (end > 0 && takes(stem, ending)) return true;
  }
  return false;
}

function takes(stem: string, ending: string): boolean {
  if (spokenPresent.has(stem)) {
    if ((/[اآ]$/u.test(stem) ? spokenAfterVowelSet : spokenSet).has(ending)) return true;
  }
  // «میدون» and «میگون» are nouns: a stem in a vowel takes no -ن.
  return present.has(stem) && presentSet.has(ending) && !(ending === 'ن' && /[اوی]$/u.test(stem));
}

const verbless = new Set(['مردم', 'کردی', 'بندی', 'بستری', 'نشینی', 'بازی', 'نامی', 'بیشی']);
const copulas = new Set([
  'است',
  'هست',
  'نیست',
  'هستم',
  'هستی',
  'هستند',
  'نیستم',
  'نیستی',
  'نیستند',
  'باش',
  'برو',
  'بیا',
]);

/** Reports whether a word is a finite verb, which takes no plural: «گفتم», «نری», «بیایی», «می‌افتی». */
export function isFiniteVerb(word: string): boolean {
  if (word.length > maxForm || verbless.has(word)) return false;
  if (copulas.has(word) || /^ن?می\u200c/u.test(word)) return true;
  for (const ending of ['م', 'ی', 'یم', 'ید', 'ند', 'ین']) {
    if (word.endsWith(ending) && isPast(word.slice(0, -ending.length))) return true;
  }
  const prefix = /^[بن](?:ی(?=[ااآ]))?/u.exec(word)?.[0];
  return prefix !== undefined && isSubjunctive(word.slice(prefix.length));
}

function isSubjunctive(form: string): boolean {
  for (const ending of ['م', 'ی', 'د', 'ه', 'یم', 'ید', 'ین', 'ند', 'ن']) {
    const stem = form.slice(0, -ending.length);
    if (stem !== '' && form.endsWith(ending) && (present.has(stem) || spokenPresent.has(stem))) return true;
  }
  return false;
}

/** Reports whether letters are a past stem, with or without a preverb and the ن of the negative. */
function isPast(stem: string): boolean {
  return past.has(stem) || past.has(stem.replace(/^(?:بر|در|باز|وا|فرا|فرو|ور)?(?:نی?)?(?=..)/u, ''));
}

/** Returns the length of a participle at the beginning of a word: 4 in «رفتهاند», written without its half-space. */
export function participleBeforeCopula(word: string): number {
  const match = /ه(?=(?:ام|ای|ایم|اید|اند)$)/u.exec(word);
  return match !== null && word.length <= maxForm && isPast(word.slice(0, match.index)) ? match.index + 1 : 0;
}

/** Returns all present stems and past stems of the list, for tests. */
export function verbStems(): { present: readonly string[]; past: readonly string[] } {
  return { present: [...present], past: [...past] };
}
