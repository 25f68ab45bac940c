/** The languages Dabir speaks. */
export const textLanguages = ['fa', 'en'] as const;
export type TextLanguage = (typeof textLanguages)[number];

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
 * The languages that Whisper knows, by ISO 639-1 (and a few 639-3) codes: what a person may name for their file. From
 * the published list of OpenAI's Whisper (tokenizer, `LANGUAGES`).
 */
export const speechLanguages: ReadonlySet<string> = new Set(
  (
    'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is ' +
    'it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk ' +
    'sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh'
  ).split(' '),
);
