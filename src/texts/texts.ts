import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

/** The languages Dabir speaks. */
export const textLanguages = ['fa', 'en'] as const;
export type TextLanguage = (typeof textLanguages)[number];

export type TextVariables = Readonly<Record<string, FluentVariable>>;

/** A sentence by its key, in a language that the person reads. */
export type Texts = (languageCode: string | null, key: string, variables?: TextVariables) => string;

/**
 * The language for a person: their Telegram language where Dabir speaks it, Persian for people whose language is
 * unknown or written alike, English for everybody else.
 * @param languageCode IETF tag as Telegram tells it, such as `fa` or `en-GB`
 */
export function textLanguage(languageCode: string | null): TextLanguage {
  const base = languageCode?.toLowerCase().split('-')[0];
  if (base === undefined || ['fa', 'ckb', 'ku', 'ps', 'tg'].includes(base)) return 'fa';
  return 'en';
}

/**
 * Reads the texts of every language.
 * @throws Error when a text file has a mistake; the program must not start with half its sentences.
 */
export function loadTexts(): Texts {
  const bundles = new Map(textLanguages.map((language) => [language, loadBundle(language)]));
  return (languageCode, key, variables = {}) => {
    const bundle = bundles.get(textLanguage(languageCode));
    const pattern = bundle?.getMessage(key)?.value;
    if (bundle === undefined || pattern == null) throw new Error(`There is no text "${key}".`);
    return bundle.formatPattern(pattern, variables);
  };
}

function loadBundle(language: TextLanguage): FluentBundle {
  // Names from outside are isolated where they are put in (format.ts), numbers need it not: so no marks everywhere.
  const bundle = new FluentBundle(language, { useIsolating: false });
  const source = readFileSync(new URL(`./locales/${language}.ftl`, import.meta.url), 'utf8');
  const [mistake] = bundle.addResource(new FluentResource(source));
  if (mistake !== undefined) throw mistake;
  return bundle;
}
