/** Languages of the bot's texts. */
export const textLanguages = ['fa', 'en'] as const;
export type TextLanguage = (typeof textLanguages)[number];

/**
 * Returns the language of the texts for a user: Persian when the Telegram language is unknown, Persian or one of its
 * neighbours (Kurdish, Pashto, Tajik), else English.
 * @param languageCode IETF tag from Telegram, such as `fa` or `en-GB`
 */
export function textLanguage(languageCode: string | null): TextLanguage {
  const base = languageCode?.toLowerCase().split('-')[0];
  if (base === undefined || ['fa', 'ckb', 'ku', 'ps', 'tg'].includes(base)) return 'fa';
  return 'en';
}

/**
 * Languages that Whisper knows, as ISO 639-1 codes (and a few ISO 639-3 ones). A user can set one of them for an
 * upload. Source: OpenAI's Whisper (tokenizer, `LANGUAGES`).
 */
export const speechLanguages: ReadonlySet<string> = new Set(
  (
    'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is ' +
    'it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk ' +
    'sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh'
  ).split(' '),
);
