import { cardinalOf, ordinalOf, scales } from '../../../../domain/persian/spoken-numbers/number-words.ts';

/** What a word means within a number. */
export type NumberMeaning =
  /** `below`: the next word of the same number has to be smaller than this. */
  | { readonly kind: 'cardinal'; readonly value: number; readonly below: number }
  | { readonly kind: 'ordinal'; readonly value: number; readonly below: number }
  /** Multiplies what stands before it. */
  | { readonly kind: 'scale'; readonly value: number }
  | { readonly kind: 'and' }
  /** A half or a quarter. */
  | { readonly kind: 'fraction'; readonly value: number };

const english = new Map<string, NumberMeaning>();
const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety';
const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth';
const tenths = 'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth';
for (const [value, word] of units.split(' ').entries())
  english.set(word, { kind: 'cardinal', value, below: 0 });
for (const [at, word] of tens.split(' ').entries())
  english.set(word, { kind: 'cardinal', value: 20 + 10 * at, below: 10 });
for (const [at, word] of ordinals.split(' ').entries())
  english.set(word, { kind: 'ordinal', value: at + 1, below: 0 });
for (const [at, word] of tenths.split(' ').entries())
  english.set(word, { kind: 'ordinal', value: 20 + 10 * at, below: 0 });
for (const [word, value] of [
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
  ['hundreds', 100],
  ['thousands', 1e3],
  ['millions', 1e6],
  ['billions', 1e9],
] as const)
  english.set(word, { kind: 'scale', value });
english.set('and', { kind: 'and' });
english.set('half', { kind: 'fraction', value: 0.5 });
english.set('quarter', { kind: 'fraction', value: 0.25 });
english.set('dozen', { kind: 'scale', value: 12 });

const persianFractions: Readonly<Record<string, number>> = { نیم: 0.5, نصف: 0.5, ربع: 0.25 };
/** Adjectives and colloquial forms of scales: «میلیونی», «ملیون». */
const persianScales = new Map<string, number>([...scales, ['ملیون', 1e6], ['میلیارد', 1e9], ['بیلیون', 1e9]]);
for (const [word, value] of [...persianScales]) persianScales.set(`${word}ی`, value);

/** Returns what a word means within a number; null for other words. */
export function numberMeaningOf(word: string): NumberMeaning | null {
  const known = english.get(word);
  if (known !== undefined) return known;
  if (word === 'و') return { kind: 'and' };
  const scale = persianScales.get(word);
  if (scale !== undefined) return { kind: 'scale', value: scale };
  const fraction = persianFractions[word];
  if (fraction !== undefined) return { kind: 'fraction', value: fraction };
  const cardinal = cardinalOf(word);
  if (cardinal !== undefined) return { kind: 'cardinal', value: cardinal, below: belowOf(cardinal) };
  const ordinal = word === 'اول' || word === 'اولین' ? 1 : ordinalOf(word);
  return ordinal === undefined ? null : { kind: 'ordinal', value: ordinal, below: 0 };
}

function belowOf(value: number): number {
  if (value >= 100) return 100;
  return value >= 20 ? 10 : 0;
}
