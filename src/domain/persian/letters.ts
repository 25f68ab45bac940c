/**
 * Variants of Persian letters that keyboards, models and old code pages produce, with their Persian form. Normalising
 * changes no other letters.
 */
const replacements: Readonly<Record<string, string>> = {
  // Arabic yeh, alef maksura, yeh barree.
  '\u064a': 'ی',
  '\u0649': 'ی',
  '\u06d2': 'ی',
  // Arabic and swash kaf.
  '\u0643': 'ک',
  '\u06aa': 'ک',
  // Heh goal, heh doachashmee, ae.
  '\u06c1': 'ه',
  '\u06be': 'ه',
  '\u06d5': 'ه',
  // Heh with yeh or hamza above, in one code point: the academy's form is heh and a mark.
  '\u06c0': 'ه\u0654',
  '\u06c2': 'ه\u0654',
  // A high hamza after heh is that mark, typed with the wrong key.
  '\u0674': '\u0654',
};

const replaced = new RegExp(`[${Object.keys(replacements).join('')}]`, 'gu');
/** Letters as old programs stored them, one code point for each joined shape (Arabic Presentation Forms). */
const presentationForms = /[\ufb56-\ufb95\ufb9e-\ufba3\ufba6-\ufbad\ufbfc-\ufbff\ufe80-\ufefc]/gu;

/** Replaces variants of letters with the Persian ones. */
export function persianLetters(text: string): string {
  return text
    .replace(presentationForms, (form) => form.normalize('NFKC'))
    .replace(replaced, (letter) => replacements[letter] ?? letter);
}

/** A letter or a mark of the Arabic script, as part of a pattern. */
export const letter =
  '[\\u0620-\\u063f\\u0641-\\u065f\\u066e-\\u06d3\\u06d5-\\u06dc\\u06ee\\u06ef\\u06fa-\\u06ff]';
