/** A language for text in a script that is not that of the document, by ISO 15924 code: the most likely one. */
const usualLanguages: Readonly<Record<string, string>> = {
  ...{
    Latn: 'en',
    Arab: 'fa',
    Hebr: 'he',
    Cyrl: 'ru',
    Grek: 'el',
    Armn: 'hy',
    Geor: 'ka',
    Deva: 'hi',
    Beng: 'bn',
  },
  ...{
    Guru: 'pa',
    Gujr: 'gu',
    Taml: 'ta',
    Telu: 'te',
    Knda: 'kn',
    Mlym: 'ml',
    Sinh: 'si',
    Thai: 'th',
    Laoo: 'lo',
  },
  ...{ Khmr: 'km', Mymr: 'my', Ethi: 'am', Tibt: 'bo', Hang: 'ko', Hira: 'ja', Kana: 'ja', Hani: 'zh' },
};
const scripts = Object.keys(usualLanguages);
const ofScript = new Map(scripts.map((script) => [script, new RegExp(`\\p{sc=${script}}`, 'u')]));
/** Scripts that are written together. */
const together: Readonly<Record<string, readonly string[]>> = {
  ...{ Jpan: ['Hira', 'Kana', 'Hani'], Kore: ['Hang', 'Hani'], Hans: ['Hani'], Hant: ['Hani'] },
};
const letter = /\p{L}/u;

const ownScripts = new Map<string, RegExp>();
const maxLanguages = 300;

/** Returns what matches a letter of a language's own script. */
function ownLetter(language: string): RegExp {
  let own = ownScripts.get(language);
  if (own === undefined) {
    const script = new Intl.Locale(language).maximize().script ?? 'Latn';
    const names = together[script] ?? [ofScript.has(script) ? script : 'Latn'];
    own = new RegExp(`[${names.map((name) => `\\p{sc=${name}}`).join('')}]`, 'u');
    if (ownScripts.size >= maxLanguages) ownScripts.clear();
    ownScripts.set(language, own);
  }
  return own;
}

/**
 * Returns the language of a text whose letters are of another script than the document's; null for all other text.
 * @param language BCP 47 tag of the document
 */
export function foreignLanguage(text: string, language: string): string | null {
  if (ownLetter(language).test(text)) return null;
  const first = letter.exec(text)?.[0];
  const script = first === undefined ? undefined : scripts.find((name) => ofScript.get(name)?.test(first));
  return script === undefined ? null : (usualLanguages[script] ?? null);
}
