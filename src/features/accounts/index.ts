export { type Accounts, createAccounts, quietMs } from './store/accounts.ts';
export { createInvitations } from './store/invitations.ts';
export { createQuotas } from './store/quotas.ts';
export { createUserList, type UserList } from './store/user-list.ts';
