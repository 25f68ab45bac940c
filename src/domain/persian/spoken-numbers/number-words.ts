/** A number word: its value, and the power of ten below which the next word after «و» has to stay. */
type NumberWord = { readonly value: number; readonly room: number };

const words = new Map<string, NumberWord>();
const ordinals = new Map<string, number>();

const units = 'صفر یک دو سه چهار پنج شش هفت هشت نه'.split(' ');
const teens = 'ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده'.split(' ');
const tens = 'بیست سی چهل پنجاه شصت هفتاد هشتاد نود'.split(' ');
const hundreds = 'صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد'.split(' ');
const spoken: Readonly<Record<string, number>> = {
  شیش: 6,
  پونزده: 15,
  شونزده: 16,
  هیفده: 17,
  هیجده: 18,
  یکصد: 100,
  پونصد: 500,
  شیشصد: 600,
  هفصد: 700,
  هشصد: 800,
  چارصد: 400,
  چهار‌صد: 400,
};
/** Scales, with which a number is multiplied. */
export const scales: ReadonlyMap<string, number> = new Map([
  ['هزار', 1e3],
  ['میلیون', 1e6],
  ['میلیارد', 1e9],
  ['تریلیون', 1e12],
]);

for (const [value, word] of units.entries()) words.set(word, { value, room: 1 });
for (const [at, word] of teens.entries()) words.set(word, { value: 10 + at, room: 1 });
for (const [at, word] of tens.entries()) words.set(word, { value: 20 + 10 * at, room: 10 });
for (const [at, word] of hundreds.entries()) words.set(word, { value: 100 * (at + 1), room: 100 });
for (const [word, value] of Object.entries(spoken)) words.set(word, { value, room: value >= 100 ? 100 : 1 });
for (const [word, { value }] of words) ordinals.set(`${word}م`, value);
for (const [word, value] of [
  ['یکم', 1],
  ['دوم', 2],
  ['سوم', 3],
  ['سی\u200cام', 30],
  ['هزارم', 1000],
] as const)
  ordinals.set(word, value);
ordinals.delete('سهم');
ordinals.delete('سیم');
ordinals.delete('صفرم');

/**
 * A number in a row of words: where it ends (exclusive), its value, how many words it has, and whether it is an
 * ordinal.
 */
export type SpokenNumber = {
  readonly end: number;
  readonly value: number;
  /** Number words, without «و». */
  readonly wordCount: number;
  readonly isOrdinal: boolean;
  /** «بیست و پنجمین». */
  readonly suffix: string;
};

/** Returns the value of one number word below a thousand, or undefined. */
export function cardinalOf(word: string | undefined): number | undefined {
  return word === undefined ? undefined : words.get(word)?.value;
}

/** Returns the value of an ordinal: 5 for «پنجم» and «پنجمین», 30 for «سی‌ام»; undefined for other words. */
export function ordinalOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return ordinals.get(word.endsWith('ین') ? word.slice(0, -2) : word);
}

/**
 * Reads the number that begins at a word. «و» joins only what can belong to one number: «بیست و پنج» is 25, «پنج و
 * بیست» and «دو و سه» are two numbers. Returns null where no number begins.
 */
export function readNumber(row: readonly (string | undefined)[], start: number): SpokenNumber | null {
  let at = start;
  let total = 0;
  let group = 0;
  let room = Number.POSITIVE_INFINITY;
  let scaleRoom = Number.POSITIVE_INFINITY;
  let wordCount = 0;
  let end = start;
  let isOrdinal = false;
  let suffix = '';
  let followsAnd = false;
  for (;;) {
    const word = row[at];
    if (word === undefined) break;
    const scale = scales.get(word);
    const cardinal = words.get(word);
    const ordinal = cardinal === undefined && scale === undefined ? ordinalOf(word) : undefined;
    if (scale !== undefined && scale < scaleRoom && (group === 0 || !followsAnd)) {
      total += Math.max(group, 1) * scale;
      group = 0;
      room = Number.POSITIVE_INFINITY;
      scaleRoom = scale;
    } else if (
      cardinal !== undefined &&
      fits(cardinal.value, room) &&
      cardinal.value < scaleRoom &&
      (cardinal.value > 0 || wordCount === 0)
    ) {
      group += cardinal.value;
      room = cardinal.value === 0 ? 0 : cardinal.room;
    } else if (ordinal !== undefined && wordCount > 0 && fits(ordinal, room) && ordinal < scaleRoom) {
      group += ordinal;
      isOrdinal = true;
      suffix = word.endsWith('ین') ? 'مین' : 'م';
    } else break;
    wordCount += 1;
    at += 1;
    end = at;
    if (isOrdinal || (cardinal !== undefined && cardinal.value === 0)) break;
    // A scale follows its number at once; everything else follows «و».
    followsAnd = row[at] === 'و';
    if (followsAnd) at += 1;
    else if (group === 0 || !scales.has(row[at] ?? '')) break;
  }
  return wordCount === 0 ? null : { end, value: total + group, wordCount, isOrdinal, suffix };
}

function fits(value: number, room: number): boolean {
  return value < room && !(room === 1);
}

/** Returns whether a word is a number or a part of one. */
export function isNumberWord(word: string): boolean {
  return cardinalOf(word) !== undefined || scales.has(word) || ordinalOf(word) !== undefined;
}
