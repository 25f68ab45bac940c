import type { Api } from 'grammy';
import { textLanguages } from '../domain/languages.ts';
import type { Texts } from '../texts/texts.ts';

/** The commands that Telegram offers to everybody, in this order. */
const commands = ['start', 'help', 'queue', 'cancel', 'usage', 'settings', 'language'] as const;

/** What admins are offered besides. */
const adminCommands = [
  'admin',
  'stats',
  'report',
  'engines',
  'user',
  'quota',
  'block',
  'unblock',
  'flush',
  'invite',
  'broadcast',
] as const;

/** The command menus: everybody's in each language, and each admin's in their own chat. */
export function createMenus(api: Api, texts: Texts) {
  const menu = (language: string | null, names: readonly string[] = commands) =>
    names.map((command) => ({ command, description: texts(language, `command-${command}`) }));
  return {
    /** Puts up what everybody sees; Persian where Telegram speaks neither of our languages. */
    async putUp(): Promise<void> {
      for (const language of textLanguages) {
        await api.setMyCommands(menu(language), { language_code: language });
        if (language === 'fa') await api.setMyCommands(menu(language));
      }
    },
    /** In the chat with an admin, in their language. */
    async putUpForAdmin(chatId: number, language: string | null): Promise<void> {
      const scope = { type: 'chat', chat_id: chatId } as const;
      await api.setMyCommands(menu(language, [...commands, ...adminCommands]), { scope });
    },
    /** Whoever was an admin sees what everybody sees. */
    async takeDownForAdmin(chatId: number): Promise<void> {
      await api.deleteMyCommands({ scope: { type: 'chat', chat_id: chatId } });
    },
  };
}

export type Menus = ReturnType<typeof createMenus>;
