import { writeSpokenNumbers } from '../../../../domain/persian/spoken-numbers/spoken-numbers.ts';
import { monthNumbers } from './calendar-words.ts';
import { readNumbers } from './read-numbers.ts';
import { currencyOf } from './units.ts';
import { tokensOf } from './word-tokens.ts';

/** Languages whose number words can be read. */
const readable = new Set(['fa', 'en']);
/** Scripts of languages, where a translation in another script is none. */
const scripts: Readonly<Record<string, RegExp>> = {
  Arabic: /\p{Script=Arabic}/u,
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
};
const scriptOf: Readonly<Record<string, string>> = Object.fromEntries([
  ...'fa ar ckb ps ur ug sd'.split(' ').map((code) => [code, 'Arabic']),
  ...'en de fr es it pt nl tr az sv pl id ro cs da no fi hu vi'.split(' ').map((code) => [code, 'Latin']),
  ...'ru uk bg tg kk mk be'.split(' ').map((code) => [code, 'Cyrillic']),
]);
/** Minimum letters of a text whose length and script are judged. */
const minLetters = 20;
/** Maximum ratio of the lengths of a text and its translation. */
const maxRatio = 5;

/**
 * Returns true when a translation may be one: it is not empty, of a similar length, in the script of its language, has
 * the same numbers, and no currency of its own.
 */
export function isFaithfulTranslation(original: string, translation: string, language: string): boolean {
  if (translation === '') return false;
  const [before, after] = [countLetters(original), countLetters(translation)];
  if (before >= minLetters && (after > before * maxRatio || after * maxRatio < before)) return false;
  if (after >= minLetters && !isInScript(translation, language)) return false;
  return hasSameCurrencies(original, translation) && hasSameNumbers(original, translation, language);
}

function countLetters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

function isInScript(text: string, language: string): boolean {
  const script = scripts[scriptOf[language] ?? ''];
  if (script === undefined) return true;
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.filter((letter) => script.test(letter)).length * 2 > letters.length;
}

function hasSameCurrencies(original: string, translation: string): boolean {
  const said = currenciesOf(original);
  return [...currenciesOf(translation)].every((currency) => said.has(currency));
}

function currenciesOf(text: string): Set<string> {
  return new Set(tokensOf(text).flatMap(({ key }) => currencyOf(key) ?? []));
}

function hasSameNumbers(original: string, translation: string, language: string): boolean {
  const said = [...readNumbers(original), ...readNumbers(writeSpokenNumbers(original, 'latin'))];
  const written = readNumbers(translation);
  const saidReadings = new Set([...said.flatMap(({ readings }) => readings), ...monthNumbers(original)]);
  const isKnown = written.every(
    ({ readings, isWeak }) => isWeak || readings.some((reading) => saidReadings.has(reading)),
  );
  if (!isKnown || !readable.has(language)) return isKnown;
  const readings = new Set([...written.flatMap((number) => number.readings), ...monthNumbers(translation)]);
  return readNumbers(original).every(
    (number) => number.isWeak || number.readings.some((reading) => readings.has(reading)),
  );
}
