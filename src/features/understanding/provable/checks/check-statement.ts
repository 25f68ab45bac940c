import { writeSpokenNumbers } from '../../../../domain/persian/spoken-numbers/spoken-numbers.ts';
import type { CommonWords } from '../../../glossary/index.ts';
import type { NumberedSegment, ProvenStatement, Source } from '../contract.ts';
import { findCalendarWords, monthNumbers } from './calendar-words.ts';
import { findQuote } from './find-quote.ts';
import {
  createNameSearch,
  findNames,
  isRareArabicWord,
  isSameName,
  isSureName,
  type NameRules,
} from './names.ts';
import { hasOtherOwner } from './number-owners.ts';
import { numbersOf, readNumbers } from './read-numbers.ts';
import type { FoundNumber } from './read-together.ts';
import { currencyOf } from './units.ts';
import { comparedText, type TextToken, tokensOf } from './word-tokens.ts';

/** A statement as the model wrote it. */
export type StatementDraft = {
  readonly text: string;
  readonly quote: string;
  readonly segments: readonly number[];
  /** Names of persons, places and organisations in the text. */
  readonly names: readonly string[];
};

/** Why a statement is left out. */
export type StatementFault = 'empty' | 'segments' | 'quote' | 'number' | 'date' | 'name' | 'owner';

export type CheckedStatement = { readonly statement: ProvenStatement } | { readonly fault: StatementFault };

/** Checks statements against the transcript. */
export type StatementChecker = {
  /**
   * @param segments those that the model was given
   * @param language of the statement, ISO 639-1
   */
  check(draft: StatementDraft, segments: readonly NumberedSegment[], language: string): CheckedStatement;
  /** Checks a text that has no quote of its own, such as a title, against segments. */
  checkText(text: string, segments: readonly NumberedSegment[], language: string): StatementFault | null;
};

/** Maximum segments of one statement: one that names everything is proved by everything. */
const maxSegments = 8;
const maxTextLength = 1_000;

export function createStatementChecker(source: Source, commonWords: CommonWords): StatementChecker {
  const capitalised = capitalisedKeys(source.segments);
  const transcript = new Set(
    source.segments.flatMap(({ text }) => text.split(/[^\p{L}\p{M}]+/u).map(comparedText)),
  );
  const checkText = (
    text: string,
    segments: readonly NumberedSegment[],
    language: string,
    names: readonly string[] = [],
  ) =>
    findFault(text, segments, {
      commonWords,
      language,
      capitalised,
      transcript,
      declared: new Set(names.flatMap((name) => tokensOf(name).map(({ key }) => key))),
      isTranslated: false,
    });
  return {
    check(draft, segments, language) {
      const text = draft.text.replaceAll(/\s+/g, ' ').trim();
      if (text === '' || text.length > maxTextLength) return { fault: 'empty' };
      const numbers = new Set(draft.segments);
      const cited = segments.filter(({ number, isHallucination }) => numbers.has(number) && !isHallucination);
      if (cited.length !== numbers.size || cited.length === 0 || cited.length > maxSegments)
        return { fault: 'segments' };
      const proof = findQuote(draft.quote, cited);
      if (proof === null) return { fault: 'quote' };
      const fault = checkText(text, cited, language, draft.names);
      if (fault !== null) return { fault };
      return { statement: { ...proof, text, segments: cited.map(({ number }) => number) } };
    },
    checkText: (text, segments, language) => checkText(text, segments, language),
  };
}

function findFault(
  text: string,
  segments: readonly NumberedSegment[],
  rules: NameRules,
): StatementFault | null {
  const tokens = tokensOf(text);
  const said = segments.map((segment) => tokensOf(segment.text));
  const words = [
    ...said.flat().map(({ key }) => key),
    ...segments.flatMap(({ speaker }) => (speaker === null ? [] : tokensOf(speaker).map(({ key }) => key))),
  ];
  const numbers = numbersOf(tokens);
  const saidNumbers = said.flatMap((each) => numbersOf(each));
  if (!hasNumbers(numbers, saidNumbers, segments, words)) return 'number';
  const days = new Set(said.flatMap((each) => findCalendarWords(each).map(({ meaning }) => meaning)));
  if (findCalendarWords(tokens).some(({ meaning }) => !days.has(meaning))) return 'date';
  const isTranslated = isArabicText(text) !== isArabicText(segments.map((segment) => segment.text).join(' '));
  const hasName = createNameSearch(words);
  const names = findNames(tokens, { ...rules, isTranslated }, hasName);
  if (names.some(({ key }) => !hasName(key))) return 'name';
  const isName = (token: TextToken) =>
    isSureName(token, rules) ||
    (token.kind === 'word' && isRareArabicWord(token.key, { ...rules, isTranslated: false }));
  return hasOtherOwner(tokens, names, said, { isName, isSame: isSameName }) ? 'owner' : null;
}

/** Returns true when each number of a statement was said, with its currency and what it counts. */
function hasNumbers(
  numbers: readonly FoundNumber[],
  said: readonly FoundNumber[],
  segments: readonly NumberedSegment[],
  words: readonly string[],
): boolean {
  if (numbers.length === 0 || areSaid(numbers, said, segments, words)) return true;
  // The rules for spoken Persian numbers know times and dates that the plain reading does not.
  const written = segments.flatMap((segment) => readNumbers(writeSpokenNumbers(segment.text, 'latin')));
  return areSaid(numbers, [...said, ...written], segments, words);
}

function areSaid(
  numbers: readonly FoundNumber[],
  said: readonly FoundNumber[],
  segments: readonly NumberedSegment[],
  words: readonly string[],
): boolean {
  const months = segments.flatMap((segment) => monthNumbers(segment.text));
  const readings = new Set([...said.flatMap((number) => number.readings), ...months]);
  const currencies = new Set(words.flatMap((word) => currencyOf(word) ?? []));
  return numbers.every((number) => {
    if (number.isWeak) return true;
    if (!number.required.some((reading) => hasReading(reading, readings))) return false;
    const { unit } = number;
    if (unit === null) return true;
    if (isCurrency(unit) && !currencies.has(unit) && !said.some((other) => other.unit === unit)) return false;
    return !countsOther(number, said);
  });
}

/** A date is there when all of its numbers are. */
function hasReading(reading: string, readings: ReadonlySet<string>): boolean {
  if (readings.has(reading)) return true;
  const pieces = reading.split('-');
  return pieces.length === 3 && pieces.every((piece) => readings.has(String(Number(piece))));
}

function isCurrency(unit: string): boolean {
  return unit === 'percent' || /^[A-Z]{3}$/.test(unit);
}

/** Returns true when the unit was said with other numbers only: of "3 people and 15 days", "15 people" is wrong. */
function countsOther({ readings, unit }: FoundNumber, said: readonly FoundNumber[]): boolean {
  const sameUnit = said.filter((other) => other.unit === unit);
  return (
    sameUnit.length > 0 &&
    !sameUnit.some((other) => other.readings.some((reading) => readings.includes(reading)))
  );
}

/** Returns the keys that have a capital letter within a sentence. */
function capitalisedKeys(segments: readonly NumberedSegment[]): ReadonlySet<string> {
  const keys = new Set<string>();
  // The Arabic script has no capital letters, and most texts in it need not be split.
  for (const { text } of segments.filter((segment) => /\p{Lu}/u.test(segment.text)))
    for (const token of tokensOf(text))
      if (!token.isFirst && /^\p{Lu}/u.test(token.text)) keys.add(token.key);
  return keys;
}

function isArabicText(text: string): boolean {
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return arabic > latin;
}
