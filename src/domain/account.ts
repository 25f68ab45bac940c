import type { UserId } from './ids.ts';
import type { TextLanguage } from './languages.ts';
import type { Quota } from './quota.ts';

export type Role = 'USER' | 'ADMIN';

/** A person as the database knows them. */
export type Account = {
  readonly id: UserId;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly username: string | null;
  /** The language they read: as they chose, else as Telegram says. */
  readonly languageCode: string | null;
  /** Null: as Telegram says. */
  readonly chosenLanguage: TextLanguage | null;
  readonly role: Role;
  readonly createdAt: Date;
  /** To the hour. */
  readonly lastSeenAt: Date | null;
  readonly blockedAt: Date | null;
  /** When they came in by an invitation; null: never. */
  readonly admittedAt: Date | null;
  /** Whether they want to hear from the operator. */
  readonly announcements: boolean;
  readonly quota: Quota;
};

/** Who may use the bot, as the operator has configured it. */
export type AccessRules = {
  readonly access: 'open' | 'invitation' | 'allow-list';
  readonly allowedIds: ReadonlySet<UserId>;
  /** The operator's own ids: admins always, whatever the database says. */
  readonly operatorIds: ReadonlySet<UserId>;
};

/** How somebody stands with the bot: `welcome`, or why not. */
export type Standing = 'welcome' | 'blocked' | 'uninvited' | 'unlisted';

/** Whether somebody may use the bot. */
export function standingOf(account: Account, rules: AccessRules): Standing {
  if (rules.operatorIds.has(account.id)) return 'welcome';
  if (account.blockedAt !== null) return 'blocked';
  if (account.role === 'ADMIN' || rules.allowedIds.has(account.id)) return 'welcome';
  if (rules.access === 'invitation' && account.admittedAt === null) return 'uninvited';
  return rules.access === 'allow-list' ? 'unlisted' : 'welcome';
}

/** Whether somebody is an admin now: the operator, or whom the operator has made one and nobody has blocked. */
export function isAdmin(account: Account, { operatorIds }: AccessRules): boolean {
  return operatorIds.has(account.id) || (account.role === 'ADMIN' && account.blockedAt === null);
}

/**
 * Whether an admin may change somebody's account: nobody touches the operator's, only the operator another admin's or
 * who is an admin.
 */
export function mayChange(
  actorId: UserId,
  subject: Account,
  what: 'account' | 'role',
  { operatorIds }: AccessRules,
): boolean {
  if (operatorIds.has(subject.id)) return what === 'account' && subject.id === actorId;
  if (operatorIds.has(actorId)) return true;
  return what === 'account' && subject.role !== 'ADMIN';
}
