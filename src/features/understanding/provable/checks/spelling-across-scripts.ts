/** Consonants of the Arabic and Latin scripts by their sound, so that «محمدی» and "Mohammadi" have the same letters. */
const arabic: Readonly<Record<string, string>> = {
  ب: 'b',
  پ: 'p',
  ت: 't',
  ط: 't',
  ث: 's',
  س: 's',
  ص: 's',
  ج: 'j',
  چ: 'c',
  ح: 'h',
  ه: 'h',
  خ: 'x',
  د: 'd',
  ذ: 'z',
  ز: 'z',
  ض: 'z',
  ظ: 'z',
  ر: 'r',
  ژ: 'j',
  ش: 'S',
  غ: 'g',
  ق: 'g',
  ف: 'f',
  ک: 'k',
  گ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
};
const digraphs: readonly (readonly [RegExp, string])[] = [
  [/sh/g, 'S'],
  [/ch/g, 'c'],
  [/kh/g, 'x'],
  [/gh/g, 'g'],
  [/zh/g, 'j'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/ck/g, 'k'],
  [/q/g, 'g'],
  [/x/g, 'ks'],
  [/c/g, 'k'],
];

/** Returns the consonants of a word by their sound. Doubled ones count once; vowels, w and y do not count. */
export function consonantsOf(word: string): string {
  const isArabic = /\p{Script=Arabic}/u.test(word);
  const sounds = isArabic ? [...word].map((letter) => arabic[letter] ?? '').join('') : latinConsonants(word);
  return sounds.replace(/(.)\1+/g, '$1').replace(/(?<=.)h$/, '');
}

function latinConsonants(word: string): string {
  const placeholders: Readonly<Record<string, string>> = {
    S: '\u0001',
    c: '\u0002',
    x: '\u0003',
    j: '\u0004',
  };
  let text = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  for (const [pattern, sound] of digraphs) text = text.replace(pattern, placeholders[sound] ?? sound);
  return text
    .replaceAll('\u0001', 'S')
    .replaceAll('\u0002', 'c')
    .replaceAll('\u0003', 'x')
    .replaceAll('\u0004', 'j')
    .replace(/[aeiouvwy]/g, '')
    .replace(/[^a-zS]/g, '');
}

/** Returns true when words of different scripts may be the same name. */
export function isSameAcrossScripts(one: string, other: string): boolean {
  const [a, b] = [consonantsOf(one), consonantsOf(other)];
  return a.length >= 2 && a === b;
}
