import { logError } from '../../app/log-error.ts';
import type { Audit } from '../../app/ports/audit.ts';
import type { Log } from '../../app/ports/log.ts';
import type { NotifyRole } from '../../app/ports/role-messages.ts';
import { type AccessRules, mayChange, type UserRole } from '../../domain/account.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Quota } from '../../domain/quota.ts';
import type { Accounts } from './store/accounts.ts';

export type ChangeAccountDependencies = {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly access: AccessRules;
  readonly notifyRole: NotifyRole;
  readonly log: Log;
};

/** A change that an admin can make to an account. */
export type AccountChange =
  | { readonly action: 'block' | 'unblock' | 'admit' }
  | { readonly action: 'role'; readonly role: UserRole }
  | { readonly action: 'quota'; readonly quota: Partial<Quota> };

/** `already`: nothing to change; `protected`: this admin may not make this change. */
export type ChangeOutcome = 'done' | 'already' | 'unknown' | 'protected';

/**
 * Changes a user's account on behalf of an admin, and records the change in the audit log. Somebody who becomes an
 * admin, or is none any longer, is told in the background; a user who has stopped the bot is not.
 */
export async function changeAccount(
  { accounts, audit, access, notifyRole, log }: ChangeAccountDependencies,
  actor: UserId,
  subject: UserId,
  change: AccountChange,
): Promise<ChangeOutcome> {
  const account = await accounts.find(subject);
  if (account === null) return 'unknown';
  // Admins who block themselves could not undo it.
  const own = subject === actor && change.action !== 'quota';
  const what = change.action === 'role' ? 'role' : 'account';
  if (own || !mayChange(actor, account, what, access)) return 'protected';
  if (!(await apply(accounts, subject, change))) return 'already';
  const { action, ...details } = change;
  await audit(actor, action, String(subject), 'quota' in details ? { ...details.quota } : { ...details });
  if (change.action === 'role') {
    void notifyRole(account, change.role).catch((error) =>
      logError(log, 'warn', { user: subject }, error, 'change of role not told'),
    );
  }
  return 'done';
}

function apply(accounts: Accounts, subject: UserId, change: AccountChange): Promise<boolean> {
  switch (change.action) {
    case 'block':
    case 'unblock':
      return accounts.setBlocked(subject, change.action === 'block');
    case 'admit':
      return accounts.admit(subject);
    case 'role':
      return accounts.setRole(subject, change.role);
    case 'quota':
      return accounts.setQuota(subject, change.quota);
  }
}
