import { isDeepStrictEqual } from 'node:util';
import type { Api } from 'grammy';
import type { BotCommand } from 'grammy/types';
import type { Account } from '../domain/account.ts';
import { textLanguages } from '../domain/languages.ts';
import type { Texts } from '../texts/texts.ts';

/** Who is offered a command: every user in the private chat, everyone in a group, or admins in their private chat. */
export type Audience = 'private' | 'group' | 'admin';

export type Commands = Partial<Readonly<Record<Audience, readonly string[]>>>;

/**
 * Creates the command menus that Telegram shows: for every user in each language, for groups, and for each admin.
 * @param all returns the commands of each feature, in the order of the menus
 */
export function createMenus(api: Api, texts: Texts, all: () => readonly Commands[]) {
  const named = (audience: Audience) => all().flatMap((commands) => commands[audience] ?? []);
  const menu = (language: string | null, ...audiences: readonly Audience[]) =>
    audiences
      .flatMap(named)
      .map((command) => ({ command, description: texts(language, `command-${command}`) }));
  const setCommands = async (commands: BotCommand[], scope: Parameters<Api['getMyCommands']>[0] & object) => {
    const before = await api.getMyCommands(scope);
    if (!isDeepStrictEqual(before, commands)) await api.setMyCommands(commands, scope);
  };
  return {
    /**
     * Sets the menus for every user and for groups, where they differ; English where Telegram uses neither of Dabir's
     * languages.
     */
    async publish(): Promise<void> {
      const groups = { type: 'all_group_chats' } as const;
      for (const language of textLanguages) {
        const scopes = language === 'en' ? [{ language_code: language }, {}] : [{ language_code: language }];
        for (const scope of scopes) {
          await setCommands(menu(language, 'private'), scope);
          if (named('group').length > 0)
            await setCommands(menu(language, 'group'), { ...scope, scope: groups });
        }
      }
    },
    /**
     * Sets the menu in one private chat: with the admin commands for an admin, in the chosen
     * language for a user who chose one, and otherwise back to the general menu.
     */
    async publishFor({ id, languageCode, chosenLanguage }: Account, admin: boolean): Promise<void> {
      const scope = { type: 'chat', chat_id: id } as const;
      if (admin) await api.setMyCommands(menu(languageCode, 'private', 'admin'), { scope });
      else if (chosenLanguage !== null) await api.setMyCommands(menu(chosenLanguage, 'private'), { scope });
      else await api.deleteMyCommands({ scope });
    },
    /** Returns true when every user may use the command in the private chat. */
    offers: (command: string): boolean => named('private').includes(command),
    /** Returns the commands of a private chat, one per line, as /help lists them. */
    lines: (language: string | null): string[] =>
      menu(language, 'private').map(({ command, description }) => `/${command} – ${description}`),
  };
}

export type Menus = ReturnType<typeof createMenus>;
