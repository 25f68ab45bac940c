import { adminsOnly } from '../../../../bot/admins-only.ts';
import type { Feature } from '../../../../bot/feature.ts';
import type { InviteDependencies } from '../../invitation.ts';
import { type AccountDependencies, accountFeature } from './account.ts';
import { blockFeature } from './block.ts';
import { type FlushDependencies, flushFeature } from './flush.ts';
import { inviteFeature } from './invite.ts';
import { quotaFeature } from './quota.ts';

type AccountsAdminDependencies = AccountDependencies & FlushDependencies & InviteDependencies;

/** Commands and buttons with which admins change the accounts of users. */
export const accountsAdminFeature: Feature<AccountsAdminDependencies> = {
  commands: { admin: ['user', 'quota', 'block', 'unblock', 'flush', 'invite'] },
  install(dependencies) {
    return adminsOnly(
      dependencies.access,
      accountFeature(dependencies),
      blockFeature(dependencies),
      quotaFeature(dependencies),
      flushFeature(dependencies),
      inviteFeature(dependencies),
    );
  },
};
