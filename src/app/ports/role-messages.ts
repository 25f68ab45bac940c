import type { UserRole } from '../../domain/account.ts';
import type { UserId } from '../../domain/ids.ts';

/** Tells a user that they are now an admin, or no longer one. Rejects with a DeliveryError. */
export type NotifyRole = (
  to: { readonly id: UserId; readonly languageCode: string | null },
  role: UserRole,
) => Promise<void>;
