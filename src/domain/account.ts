import type { UserId } from './ids.ts';
import type { TextLanguage } from './languages.ts';
import type { Quota } from './quota.ts';

export type UserRole = 'USER' | 'ADMIN';

/** A user as the database holds it. */
export type Account = {
  readonly id: UserId;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly username: string | null;
  /** The language for texts: the user's choice, else the one that Telegram reports. */
  readonly languageCode: string | null;
  /** Null: the language that Telegram reports. */
  readonly chosenLanguage: TextLanguage | null;
  readonly role: UserRole;
  readonly createdAt: Date;
  /** Rounded to the hour. */
  readonly lastSeenAt: Date | null;
  readonly blockedAt: Date | null;
  /** Date of admission, by an invitation or by an admin; null: never admitted. */
  readonly admittedAt: Date | null;
  /** True when the user wants broadcasts. */
  readonly wantsBroadcasts: boolean;
  readonly quota: Quota;
};

/** Rules for who may use the bot, from the configuration. */
export type AccessRules = {
  readonly access: 'open' | 'invitation' | 'allow-list';
  readonly allowedIds: ReadonlySet<UserId>;
  /** The ids in `ADMIN_IDS`: always admins, regardless of the database. */
  readonly adminIds: ReadonlySet<UserId>;
};

/** Access of a user to the bot: `welcome`, or the reason for a refusal. */
export type AccessDecision = 'welcome' | 'blocked' | 'uninvited' | 'unlisted';

/** Returns whether a user may use the bot, or the reason why not. */
export function decideAccess(account: Account, rules: AccessRules): AccessDecision {
  if (rules.adminIds.has(account.id)) return 'welcome';
  if (account.blockedAt !== null) return 'blocked';
  if (account.role === 'ADMIN' || rules.allowedIds.has(account.id)) return 'welcome';
  if (rules.access === 'invitation' && account.admittedAt === null) return 'uninvited';
  return rules.access === 'allow-list' ? 'unlisted' : 'welcome';
}

/** Returns whether a user is an admin now: named in `ADMIN_IDS`, or with the role ADMIN and not blocked. */
export function isAdmin(account: Account, { adminIds }: AccessRules): boolean {
  return adminIds.has(account.id) || (account.role === 'ADMIN' && account.blockedAt === null);
}

/**
 * Returns whether an admin may change a user's account. An account named in `ADMIN_IDS` is changed by its own user
 * alone, and its role never. Only admins named in `ADMIN_IDS` may change the account of another admin, or any role.
 */
export function mayChange(
  actorId: UserId,
  subject: Account,
  what: 'account' | 'role',
  { adminIds }: AccessRules,
): boolean {
  if (adminIds.has(subject.id)) return what === 'account' && subject.id === actorId;
  if (adminIds.has(actorId)) return true;
  return what === 'account' && subject.role !== 'ADMIN';
}
