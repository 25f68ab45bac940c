import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { type TextLanguage, textLanguage, textLanguages } from '../domain/languages.ts';

export type TextVariables = Readonly<Record<string, FluentVariable>>;

/** Returns a text by its key, in the user's language. */
export type Texts = (languageCode: string | null, key: string, variables?: TextVariables) => string;

/**
 * Reads the texts of every language.
 * @throws Error when a text file has a mistake: the program must not start with missing texts
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

/** Texts are stored beside the code that uses them: every `fa.ftl` and `en.ftl` under `src`. */
const sources = fileURLToPath(new URL('..', import.meta.url));

/** Returns the paths of all text files of a language. */
export function listTextFiles(language: TextLanguage): string[] {
  return globSync(`**/${language}.ftl`, { cwd: sources }).map((path) => join(sources, path));
}

function loadBundle(language: TextLanguage): FluentBundle {
  // No automatic isolation marks: foreign names are isolated where they are inserted (format.ts),
  // and numbers need none.
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const file of listTextFiles(language)) {
    const [mistake] = bundle.addResource(new FluentResource(readFileSync(file, 'utf8')));
    if (mistake !== undefined) throw mistake;
  }
  return bundle;
}
