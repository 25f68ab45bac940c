import { type AccessRules, mayChange, type Role } from '../../domain/account.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Quota } from '../../domain/quota.ts';
import type { Accounts, Audit } from './ports.ts';

/** What an admin may change about somebody. */
export type AccountChange =
  | { readonly action: 'block' | 'unblock' | 'admit' }
  | { readonly action: 'role'; readonly role: Role }
  | { readonly action: 'quota'; readonly quota: Partial<Quota> };

/** `already`: it was so before; `protected`: this admin may not do that to this person. */
export type ChangeOutcome = 'done' | 'already' | 'unknown' | 'protected';

/** An admin changes somebody's account; what changes is in the audit log. */
export async function changeAccount(
  { accounts, audit, access }: { accounts: Accounts; audit: Audit; access: AccessRules },
  actor: UserId,
  subject: UserId,
  change: AccountChange,
): Promise<ChangeOutcome> {
  const account = await accounts.find(subject);
  if (account === null) return 'unknown';
  // Who blocks themselves could not take it back.
  const own = subject === actor && change.action !== 'quota';
  const what = change.action === 'role' ? 'role' : 'account';
  if (own || !mayChange(actor, account, what, access)) return 'protected';
  if (!(await apply(accounts, subject, change))) return 'already';
  const { action, ...details } = change;
  await audit(actor, action, String(subject), 'quota' in details ? { ...details.quota } : { ...details });
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
