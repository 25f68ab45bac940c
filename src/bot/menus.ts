import type { Api } from 'grammy';
import { textLanguages } from '../domain/languages.ts';
import type { Texts } from '../texts/texts.ts';

/** The commands that Telegram offers to everybody, in this order. */
const commands = ['start', 'help', 'queue', 'cancel', 'usage', 'settings', 'language'] as const;

/** The command menus: everybody's, in each language. */
export function createMenus(api: Api, texts: Texts) {
  const menu = (language: string | null) =>
    commands.map((command) => ({ command, description: texts(language, `command-${command}`) }));
  return {
    /** Puts up what everybody sees; Persian where Telegram speaks neither of our languages. */
    async putUp(): Promise<void> {
      for (const language of textLanguages) {
        await api.setMyCommands(menu(language), { language_code: language });
        if (language === 'fa') await api.setMyCommands(menu(language));
      }
    },
  };
}
