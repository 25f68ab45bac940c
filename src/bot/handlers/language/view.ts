import type { InlineKeyboardButton } from 'grammy/types';
import { inRows } from '../../../lib/in-rows.ts';
import { languageName } from '../../../texts/format.ts';

/** Languages with a button; the command accepts any other. */
const offered = ['fa', 'en', 'ar', 'ku', 'az', 'tr', 'ur', 'ps', 'tg', 'ru', 'de', 'fr'];
const perRow = 3;

/**
 * Returns the buttons of the spoken languages.
 * @param current the chosen language; null when engines detect it
 */
export function renderLanguageKeyboard(
  { say, languageCode }: { say(key: string): string; readonly languageCode: string | null },
  current: string | null,
): InlineKeyboardButton[][] {
  const button = (code: string, name: string) => ({
    text: code === (current ?? 'auto') ? `✓ ${name}` : name,
    callback_data: `speech:${code}`,
  });
  const languages = offered.map((code) => button(code, languageName(languageCode, code)));
  const rows = inRows(languages, perRow);
  return [[button('auto', say('language-auto'))], ...rows];
}
