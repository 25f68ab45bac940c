import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { type TextLanguage, textLanguage, textLanguages } from '../domain/languages.ts';

export type TextVariables = Readonly<Record<string, FluentVariable>>;

/** A sentence by its key, in a language that the person reads. */
export type Texts = (languageCode: string | null, key: string, variables?: TextVariables) => string;

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

/** What people read in the chat, and what admins read on their page: a file each. */
const parts = ['', 'admin.'];

function loadBundle(language: TextLanguage): FluentBundle {
  // Names from outside are isolated where they are put in (format.ts), numbers need it not: so no marks everywhere.
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const part of parts) {
    const source = readFileSync(new URL(`./locales/${part}${language}.ftl`, import.meta.url), 'utf8');
    const [mistake] = bundle.addResource(new FluentResource(source));
    if (mistake !== undefined) throw mistake;
  }
  return bundle;
}
