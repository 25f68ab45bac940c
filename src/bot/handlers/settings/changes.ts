import type { User } from 'grammy/types';
import { logError } from '../../../app/log-error.ts';
import type { Log } from '../../../app/ports/log.ts';
import type { Settings } from '../../../app/ports/settings.ts';
import { type AccessRules, isAdmin } from '../../../domain/account.ts';
import { changedChoice, choiceValues } from '../../../domain/document-choice.ts';
import { isEngineId } from '../../../domain/engine-names.ts';
import { textLanguages } from '../../../domain/languages.ts';
import type { Accounts } from '../../../features/accounts/index.ts';
import type { BotContext } from '../../context.ts';
import type { WithMenus } from '../../feature.ts';
import { accountOf } from '../../upload.ts';
import type { SettingsPageName } from './pages.ts';

export type ChangeDependencies = {
  readonly settings: Settings;
  readonly accounts: Accounts;
  readonly access: AccessRules;
  readonly log: Log;
};

/**
 * Makes the change that a button asks for, such as `page` to `letter`. Resolves to the page that
 * shows it, or to null for an invalid change, because callback data can be forged.
 */
export async function change(
  dependencies: ChangeDependencies & WithMenus,
  ctx: BotContext & { from: User },
  name: string,
  value: string,
): Promise<SettingsPageName | null> {
  const { settings } = dependencies;
  const account = accountOf(ctx.from);
  if (name === 'engine') {
    if (value !== 'ask' && !isEngineId(value)) return null;
    await settings.setDefaultEngine(account, value === 'ask' ? null : value);
    return 'main';
  }
  if (name === 'language') return (await changeLanguage(dependencies, ctx, value)) ? 'language' : null;
  if (name === 'reset') {
    if (value !== 'yes') return null;
    await settings.reset(account.id);
    await changeLanguage(dependencies, ctx, 'telegram');
    return 'main';
  }
  const changed = changedChoice(await settings.documents(account.id), name, value);
  if (changed === null) return null;
  await settings.setDocuments(account, changed);
  if (name === 'zone') return 'zone';
  return name in choiceValues ? 'look' : 'formats';
}

/**
 * Changes the language in which Dabir addresses the user, from this answer on, and updates the
 * command menu.
 */
async function changeLanguage(
  { accounts, menus, access, log }: ChangeDependencies & WithMenus,
  ctx: BotContext & { from: User },
  value: string,
): Promise<boolean> {
  const chosen = textLanguages.find((language) => language === value) ?? null;
  if (chosen === null && value !== 'telegram') return false;
  const telegrams = ctx.from.language_code ?? null;
  await accounts.setLanguage(ctx.from.id, chosen, telegrams);
  ctx.account = { ...ctx.account, chosenLanguage: chosen, languageCode: chosen ?? telegrams };
  menus
    .publishFor(ctx.account, isAdmin(ctx.account, access))
    .catch((error) => logError(log, 'debug', {}, error, 'command menu not updated'));
  return true;
}
