import type { Feature } from '../../../../bot/feature.ts';
import { restrictToAdmins } from '../../../../bot/restrict-to-admins.ts';
import type { InviteDependencies } from '../../invitation.ts';
import { type AccountDependencies, createAccountFeature } from './account.ts';
import { blockFeature } from './block.ts';
import { type FlushDependencies, flushFeature } from './flush.ts';
import { inviteFeature } from './invite.ts';
import { createQuotaFeature } from './quota.ts';

type AccountsAdminDependencies = AccountDependencies & FlushDependencies & InviteDependencies;

/** Commands and buttons with which admins change the accounts of users. */
export const accountsAdminFeature: Feature<AccountsAdminDependencies> = {
  commands: { admin: ['user', 'quota', 'block', 'unblock', 'flush', 'invite'] },
  install(dependencies) {
    return restrictToAdmins(
      dependencies.access,
      createAccountFeature(dependencies),
      blockFeature(dependencies),
      createQuotaFeature(dependencies),
      flushFeature(dependencies),
      inviteFeature(dependencies),
    );
  },
};
