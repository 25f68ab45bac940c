import type { UserId } from '../../domain/ids.ts';

/**
 * Records an action of an admin.
 * @param action one or two words, such as `block` or `quota`
 * @param subject the user or thing concerned, such as a user's id
 */
export type Audit = (
  actor: UserId,
  action: string,
  subject: string | null,
  details?: Readonly<Record<string, string | number | boolean | null>>,
) => Promise<void>;
