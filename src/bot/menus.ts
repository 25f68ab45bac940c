import type { Api } from 'grammy';
import type { Account } from '../domain/account.ts';
import { textLanguages } from '../domain/languages.ts';
import type { Texts } from '../texts/texts.ts';

/** Who is offered a command: everybody in their private chat, everybody in a group, admins in their private chat. */
export type Audience = 'private' | 'group' | 'admin';

export type Commands = Partial<Readonly<Record<Audience, readonly string[]>>>;

/**
 * The command menus that Telegram shows: everybody's in each language, groups', and each admin's in their own chat.
 * @param all of each feature, in the order of the menus
 */
export function createMenus(api: Api, texts: Texts, all: readonly Commands[]) {
  const named = (audience: Audience) => all.flatMap((commands) => commands[audience] ?? []);
  const menu = (language: string | null, ...audiences: readonly Audience[]) =>
    audiences
      .flatMap(named)
      .map((command) => ({ command, description: texts(language, `command-${command}`) }));
  return {
    /** Puts up what everybody sees; Persian where Telegram speaks neither of our languages. */
    async putUp(): Promise<void> {
      const groups = { type: 'all_group_chats' } as const;
      for (const language of textLanguages) {
        const scopes = language === 'fa' ? [{ language_code: language }, {}] : [{ language_code: language }];
        for (const scope of scopes) {
          await api.setMyCommands(menu(language, 'private'), scope);
          if (named('group').length > 0) {
            await api.setMyCommands(menu(language, 'group'), { ...scope, scope: groups });
          }
        }
      }
    },
    /**
     * In the chat with one person: an admin sees more, and whoever has chosen a language sees theirs; everybody else sees
     * what everybody sees.
     */
    async putUpFor({ id, languageCode, chosenLanguage }: Account, admin: boolean): Promise<void> {
      const scope = { type: 'chat', chat_id: id } as const;
      if (admin) await api.setMyCommands(menu(languageCode, 'private', 'admin'), { scope });
      else if (chosenLanguage !== null) await api.setMyCommands(menu(chosenLanguage, 'private'), { scope });
      else await api.deleteMyCommands({ scope });
    },
    /** Whether it is the name of a command that everybody may use in their private chat. */
    offers: (command: string): boolean => named('private').includes(command),
    /** The commands of a private chat, a line each, as /help lists them. */
    lines: (language: string | null): string[] =>
      menu(language, 'private').map(({ command, description }) => `/${command} – ${description}`),
  };
}

export type Menus = ReturnType<typeof createMenus>;
