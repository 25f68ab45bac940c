import { speechLanguages } from '../domain/languages.ts';

const englishNames = new Intl.DisplayNames(['en'], { type: 'language' });
const codesByName = new Map(
  [...speechLanguages].map((code) => [englishNames.of(code)?.toLowerCase() ?? code, code]),
);

/**
 * Returns the language code (ISO 639-1 where one exists) for a service's name of a language: `fa`, `fa-IR`,
 * `fas`, `persian`.
 * @returns null if the name is not a language
 */
export function toLanguageCode(language: string | null | undefined): string | null {
  const name = language?.trim().toLowerCase() ?? '';
  const known = codesByName.get(name);
  if (known !== undefined) return known;
  if (!/^[a-z]{2,3}([-_].*)?$/.test(name)) return null;
  try {
    return new Intl.Locale(name.split(/[-_]/)[0] ?? name).language;
  } catch {
    return null;
  }
}
