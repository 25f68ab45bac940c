import { wordKey } from './correction/words.ts';
import { displayNames } from './formats.ts';
import { speechLanguages, textLanguages } from './languages.ts';

/** Names that Intl does not list in English and Persian: other ones, and those of the languages themselves. */
const otherNames: Readonly<Record<string, string>> = {
  farsi: 'fa',
  پارسی: 'fa',
  العربية: 'ar',
  azərbaycanca: 'az',
  deutsch: 'de',
  español: 'es',
  français: 'fr',
  italiano: 'it',
  русский: 'ru',
  türkçe: 'tr',
  اردو: 'ur',
};

let codesByName: ReadonlyMap<string, string> | undefined;

/**
 * Returns the code of a spoken language from its code or its name, such as `de`, `German`, «آلمانی» or `Deutsch`; null
 * for any other text.
 */
export function speechLanguageNamed(text: string): string | null {
  codesByName ??= readNames();
  return codesByName.get(wordKey(text.trim())) ?? null;
}

function readNames(): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  const learn = (name: string | undefined, code: string) => {
    if (name !== undefined) codes.set(wordKey(name), code);
  };
  for (const [name, code] of Object.entries(otherNames)) learn(name, code);
  for (const code of speechLanguages) {
    for (const language of textLanguages) learn(displayNames(language, { type: 'language' }).of(code), code);
  }
  // Codes last, so that a code always means its own language.
  for (const code of speechLanguages) codes.set(code, code);
  return codes;
}
