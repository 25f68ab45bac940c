import type { Composer } from 'grammy';
import type { BotContext, BotDependencies } from './context.ts';
import type { Commands, Menus } from './menus.ts';

/**
 * Something that people can do in the chat: a folder of `features/` with its handlers and, in `fa.ftl` and `en.ftl`,
 * its sentences. `docs/features.md` shows how one is added.
 */
export type Feature = {
  /** The commands that it answers, in the order of the menu; each has a sentence `command-NAME`. */
  readonly commands?: Commands;
  /** Its handlers; what they do not know they hand on to the next feature. */
  install(dependencies: FeatureDependencies): Composer<BotContext>;
};

/** What features work with. */
export type FeatureDependencies = BotDependencies & { readonly menus: Menus };
