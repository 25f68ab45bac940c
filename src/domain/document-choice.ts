import {
  allDocumentFormats,
  type DocumentFormat,
  type DocumentLook,
  documentFormats,
  isDocumentFormat,
} from './document.ts';
import { normalisePersian } from './persian/normalise.ts';

/** What is chosen among a few values, by name; the first of each is the choice of those who never chose. */
export const choiceValues = {
  /** Persian as the school books write it, or as it was heard. */
  spelling: ['school', 'heard'],
  /** In Persian that is written as the school books do. */
  digits: ['persian', 'latin', 'heard'],
  /** Who speaks, where the engine tells people apart. */
  speakers: ['shown', 'hidden'],
  page: ['a4', 'letter'],
  lines: ['justified', 'ragged'],
  times: ['hidden', 'shown'],
  /** Words that the engine was unsure of. */
  doubt: ['unmarked', 'marked'],
  /** How DOCX is laid out. */
  word: ['text', 'table'],
} as const;

export type ChoiceName = keyof typeof choiceValues;

/** What a person has chosen about their transcripts' files, and about the Persian in them. */
export type DocumentChoice = {
  /** Attached to every transcript, in the order of `allDocumentFormats`; none: the text in the chat is all. */
  readonly formats: readonly DocumentFormat[];
  /** As groups have it: little, with all of it one press away. */
  readonly isCompact?: true;
} & { readonly [Name in ChoiceName]: (typeof choiceValues)[Name][number] };

/** The choice of those who never chose. */
export const usualChoice: DocumentChoice = {
  formats: documentFormats,
  spelling: 'school',
  digits: 'persian',
  speakers: 'shown',
  page: 'a4',
  lines: 'justified',
  times: 'hidden',
  doubt: 'unmarked',
  word: 'text',
};

/** The choice as documents show it. */
export function lookOf({
  page,
  digits,
  lines,
  times,
  doubt,
  word,
}: Omit<DocumentChoice, 'formats'>): DocumentLook {
  return {
    page,
    isJustified: lines === 'justified',
    hasTimes: times === 'shown',
    marksDoubt: doubt === 'marked',
    isTable: word === 'table',
    hasLatinDigits: digits === 'latin',
  };
}

/** How text that was heard in a language is written, as chosen. */
export function writerFor(
  language: string | null,
  { spelling, digits }: Pick<DocumentChoice, 'spelling' | 'digits'>,
): (heard: string) => string {
  if (language !== 'fa' || spelling === 'heard') return (heard) => heard;
  return (heard) => normalisePersian(heard, digits);
}

/** The formats that are not attached: one tap away under the transcript. */
export function otherFormats(attached: readonly DocumentFormat[]): DocumentFormat[] {
  return allDocumentFormats.filter((format) => !attached.includes(format));
}

/**
 * The choice after one change, such as `page` to `letter`, or `srt` to `attached` or `left-out`; null for a change that
 * nobody can have been offered.
 */
export function changedChoice(choice: DocumentChoice, name: string, value: string): DocumentChoice | null {
  if (isDocumentFormat(name) && (value === 'attached' || value === 'left-out')) {
    const attached = new Set(choice.formats);
    if (value === 'attached') attached.add(name);
    else attached.delete(name);
    return { ...choice, formats: allDocumentFormats.filter((format) => attached.has(format)) };
  }
  const allowed: readonly string[] = Object.hasOwn(choiceValues, name)
    ? choiceValues[name as ChoiceName]
    : [];
  return allowed.includes(value) ? { ...choice, [name]: value } : null;
}

/** What a press on the thing of this name would make of it: the next of its values, the first after the last. */
export function nextValue(choice: DocumentChoice, name: ChoiceName): string {
  const values: readonly string[] = choiceValues[name];
  return values[(values.indexOf(choice[name]) + 1) % values.length] ?? choice[name];
}
