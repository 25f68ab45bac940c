import type { Composer } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import type { BotContext } from './context.ts';
import type { Commands, Menus } from './menus.ts';

/**
 * One ability of the bot: a folder of `src/features` or of `src/bot/handlers`, with its handlers and,
 * in `fa.ftl` and `en.ftl`, its texts. `docs/features.md` says which of the two, and shows how to add one.
 * @typeParam D the dependencies that it takes
 */
export type Feature<D> = {
  /** The feature's commands, in the order of the menu; each has a text `command-NAME`. */
  readonly commands?: Commands;
  /** Returns whether the menus offer its commands, by this bot and what is configured; always when omitted. */
  isOffered?(me: UserFromGetMe, dependencies: D): boolean;
  /** Returns the feature's handlers; they pass updates that they do not recognise to the next feature. */
  install(dependencies: D & WithMenus): Composer<BotContext>;
};

/** The menus. They are created last, because they list the commands of all features. */
export type WithMenus = { readonly menus: Menus };
