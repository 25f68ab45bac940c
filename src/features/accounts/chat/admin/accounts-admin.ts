import type { Feature } from '../../../../bot/feature.ts';
import { restrictToAdmins } from '../../../../bot/restrict-to-admins.ts';
import type { InviteDependencies } from '../../invitation.ts';
import { type AccountDependencies, createAccountFeature } from './account.ts';
import { createBlockFeature } from './block.ts';
import { createFlushFeature, type FlushDependencies } from './flush.ts';
import { createInviteFeature } from './invite.ts';
import { createQuotaFeature } from './quota.ts';

type AccountsAdminDependencies = AccountDependencies & FlushDependencies & InviteDependencies;

/** Commands and buttons with which admins change the accounts of users. */
export const accountsAdminFeature: Feature<AccountsAdminDependencies> = {
  commands: { admin: ['user', 'quota', 'block', 'unblock', 'flush', 'invite'] },
  install(dependencies) {
    return restrictToAdmins(
      dependencies.access,
      createAccountFeature(dependencies),
      createBlockFeature(dependencies),
      createQuotaFeature(dependencies),
      createFlushFeature(dependencies),
      createInviteFeature(dependencies),
    );
  },
};
