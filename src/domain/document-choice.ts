import {
  type DocumentFormat,
  type DocumentLook,
  defaultFormats,
  documentFormats,
  isDocumentFormat,
} from './document.ts';
import { normalisePersian } from './persian/normalise.ts';
import { offeredZones, zoneValue } from './time-zone.ts';

/** Document settings with a few values each, by name. The first value is the default. */
export const choiceValues = {
  /** Spelling of Persian: as in school books, or as the engine wrote it. */
  spelling: ['school', 'heard'],
  /** Digits in Persian text with school spelling. */
  digits: ['persian', 'latin', 'heard'],
  /** Names of speakers: where the engine tells speakers apart, also where Dabir has to find them, or nowhere. */
  speakers: ['shown', 'found', 'hidden'],
  page: ['a4', 'letter'],
  lines: ['justified', 'ragged'],
  times: ['hidden', 'shown'],
  /** Marks on words with low confidence. */
  lowConfidence: ['unmarked', 'marked'],
  /** Layout of DOCX. */
  word: ['text', 'table'],
  /** Where documents show what a language model made of the text. */
  summary: ['after', 'before', 'hidden'],
} as const;

export type ChoiceName = keyof typeof choiceValues;

/** A user's settings for documents and for the Persian text in them. */
export type DocumentChoice = {
  /** Formats sent with every transcript, in the order of `documentFormats`; empty: only the text in the chat. */
  readonly formats: readonly DocumentFormat[];
  /** True for a short answer as in groups: few buttons, with everything else one tap away. */
  readonly isCompact?: true;
  /** IANA time zone of dates and times; absent: guessed (domain/time-zone.ts). */
  readonly timeZone?: string;
  /** The format that the user asked for last, where files come only on request; absent before the first. */
  readonly lastFormat?: DocumentFormat;
} & { readonly [Name in ChoiceName]: (typeof choiceValues)[Name][number] };

/** Settings of users who never changed them. */
export const defaultChoice: DocumentChoice = {
  formats: defaultFormats,
  spelling: 'school',
  digits: 'persian',
  speakers: 'shown',
  page: 'a4',
  lines: 'justified',
  times: 'hidden',
  lowConfidence: 'unmarked',
  word: 'text',
  summary: 'after',
};

/** Converts the settings into the look of a document. */
export function lookOf({
  page,
  digits,
  lines,
  times,
  lowConfidence,
  word,
}: Omit<DocumentChoice, 'formats'>): DocumentLook {
  return {
    page,
    isJustified: lines === 'justified',
    hasTimes: times === 'shown',
    marksLowConfidence: lowConfidence === 'marked',
    isTable: word === 'table',
    hasLatinDigits: digits === 'latin',
  };
}

/** Returns a function that writes text in this language according to the settings. */
export function writerFor(
  language: string | null,
  { spelling, digits }: Pick<DocumentChoice, 'spelling' | 'digits'>,
): (text: string) => string {
  if (language !== 'fa' || spelling === 'heard') return (text) => text;
  return (text) => normalisePersian(text, digits);
}

/** The formats that are most wanted, where none was asked for yet. */
const popularFormats: readonly DocumentFormat[] = ['docx', 'pdf'];

/**
 * Returns the two formats whose buttons come first where files come only on request: the one asked for last, and usual
 * ones.
 */
export function wantedFormats(lastFormat?: DocumentFormat): DocumentFormat[] {
  return [...new Set([...(lastFormat === undefined ? [] : [lastFormat]), ...popularFormats])].slice(0, 2);
}

/** Returns the formats that are not sent with a transcript; buttons under it offer them. */
export function otherFormats(attached: readonly DocumentFormat[]): DocumentFormat[] {
  return documentFormats.filter((format) => !attached.includes(format));
}

/**
 * Returns the settings after one change, such as `page` to `letter`, `srt` to `attached` or `left-out`, `files` to
 * `on-request` or `with-texts`, or `zone` to `Asia-Tehran` or `guess`. Returns null for a change that no button offers.
 */
export function changedChoice(choice: DocumentChoice, name: string, value: string): DocumentChoice | null {
  if (isDocumentFormat(name) && (value === 'attached' || value === 'left-out')) {
    const attached = new Set(choice.formats);
    if (value === 'attached') attached.add(name);
    else attached.delete(name);
    return { ...choice, formats: documentFormats.filter((format) => attached.has(format)) };
  }
  if (name === 'zone') {
    const { timeZone: _, ...rest } = choice;
    if (value === 'guess') return rest;
    const timeZone = offeredZones.find((zone) => zoneValue(zone) === value);
    return timeZone === undefined ? null : { ...rest, timeZone };
  }
  if (name === 'files' && value === 'on-request') return { ...choice, formats: [] };
  if (name === 'files' && value === 'with-texts') return { ...choice, formats: defaultFormats };
  const allowed: readonly string[] = Object.hasOwn(choiceValues, name)
    ? choiceValues[name as ChoiceName]
    : [];
  return allowed.includes(value) ? { ...choice, [name]: value } : null;
}

/** Returns the value that follows the current one; the first follows the last. */
export function nextValue(choice: DocumentChoice, name: ChoiceName): string {
  const values: readonly string[] = choiceValues[name];
  return values[(values.indexOf(choice[name]) + 1) % values.length] ?? choice[name];
}
