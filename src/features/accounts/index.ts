export { type AccountChange, changeAccount } from './change-account.ts';
export { type Accounts, type Consumption, createAccounts, quietMs } from './store/accounts.ts';
export { createInvitations } from './store/invitations.ts';
export { createQuotas } from './store/quotas.ts';
export { usageLines } from './usage-lines.ts';
