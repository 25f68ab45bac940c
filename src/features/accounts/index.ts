export { type AccountChange, changeAccount } from './change-account.ts';
export { type Accounts, type Consumption, createAccounts, quietMs } from './store/accounts.ts';
export { createInvitations, type Invitations } from './store/invitations.ts';
export { createQuotas } from './store/quotas.ts';
export { usageLines } from './usage-lines.ts';
