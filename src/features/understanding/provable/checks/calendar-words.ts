import { numberMeaningOf } from './number-lexicon.ts';
import { type TextToken, tokensOf } from './word-tokens.ts';

/** Words of the calendar by what they mean, in Persian and English: the meanings of a statement have to be said. */
const meanings = new Map<string, string>();
/** Months that are everyday words too: they count beside a number, «ماه» or a preposition. */
const everyday = new Set('تیر مهر می مه دی اذر مارس اوت may march august'.split(' '));

function add(meaning: string, words: string): void {
  for (const word of words.split(' ')) meanings.set(word.replaceAll('_', ' '), meaning);
}

for (const [at, words] of [
  'شنبه saturday saturdays sat',
  'یکشنبه یک_شنبه sunday sundays',
  'دوشنبه دو_شنبه monday mondays',
  'سهشنبه سه_شنبه tuesday tuesdays',
  'چهارشنبه چهار_شنبه wednesday wednesdays',
  'پنجشنبه پنج_شنبه thursday thursdays',
  'جمعه friday fridays',
].entries())
  add(`weekday ${at}`, words);
for (const [
  at,
  words,
] of 'فروردین farvardin|اردیبهشت ordibehesht|خرداد khordad|تیر tir|مرداد امرداد mordad|شهریور shahrivar|مهر mehr|ابان aban|اذر azar|دی dey|بهمن bahman|اسفند esfand'
  .split('|')
  .entries())
  add(`jalali ${at + 1}`, words);
for (const [
  at,
  words,
] of 'ژانویه january jan|فوریه february feb|مارس march|اوریل april apr|مه می may|ژوئن جون june|ژوئیه ژولای جولای july|اوت اگوست august aug|سپتامبر september sept|اکتبر october oct|نوامبر november nov|دسامبر december dec'
  .split('|')
  .entries())
  add(`gregorian ${at + 1}`, words);
add('today', 'امروز today');
add('tomorrow', 'فردا tomorrow');
add('yesterday', 'دیروز yesterday');
add('after tomorrow', 'پسفردا پس_فردا');
add('before yesterday', 'پریروز');
add('weekend', 'weekend');

/** A word of the calendar in a text. */
export type CalendarWord = { readonly meaning: string; readonly from: number; readonly to: number };

/** Finds the words of the calendar: weekdays, months, and days such as "tomorrow". */
export function findCalendarWords(tokens: readonly TextToken[]): CalendarWord[] {
  const found: CalendarWord[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const first = keyOf(tokens[at]);
    const both = `${first} ${keyOf(tokens[at + 1])}`;
    const pair = meanings.get(both);
    const one = meanings.get(first);
    if (pair !== undefined) {
      found.push({ meaning: pair, from: at, to: at + 2 });
      at += 1;
    } else if (one !== undefined && (!everyday.has(tokens[at]?.key ?? '') || isMonthHere(tokens, at)))
      found.push({ meaning: one, from: at, to: at + 1 });
  }
  return found;
}

function keyOf(token: TextToken | undefined): string {
  return token?.kind === 'word' ? token.key : '';
}

const beforeMonth = new Set([
  'in',
  'of',
  'by',
  'until',
  'since',
  'next',
  'last',
  'this',
  'mid',
  'early',
  'late',
  'اوایل',
  'اواسط',
  'اواخر',
  'ماه',
]);

function isMonthHere(tokens: readonly TextToken[], at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (before?.kind === 'digits' || after?.kind === 'digits' || after?.key === 'ماه') return true;
  if (after !== undefined && isDayWord(after.key)) return true;
  return before !== undefined && (beforeMonth.has(before.key) || isDayWord(before.key));
}

/** Returns true for the word of a day of the month, and for the ending of one in digits: "5th". */
function isDayWord(key: string): boolean {
  const meaning = numberMeaningOf(key);
  if (meaning?.kind === 'cardinal' || meaning?.kind === 'ordinal') return meaning.value <= 31;
  return /^(?:st|nd|rd|th|ام)$/u.test(key);
}

/** Returns true for a word of the calendar, also where it means something else. @param key as in `TextToken` */
export function isCalendarKey(key: string): boolean {
  return meanings.has(key);
}

/** Returns the numbers of the months that a text names: a date in digits may have them. */
export function monthNumbers(text: string): string[] {
  return findCalendarWords(tokensOf(text)).flatMap(
    ({ meaning }) => /^(?:jalali|gregorian) (\d+)$/.exec(meaning)?.[1] ?? [],
  );
}
