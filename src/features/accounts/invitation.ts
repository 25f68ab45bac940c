import { createHash, randomBytes } from 'node:crypto';
import type { Audit } from '../../app/ports/audit.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Invitations } from './store/invitations.ts';

export type InviteDependencies = { readonly invitations: Invitations; readonly audit: Audit };

/** Validity of an unused invitation, in ms. */
const validMs = 7 * 86_400_000;

/** Maximum number of users that one invitation admits. */
export const maxUses = 1_000;

/** Prefix of invitations in a deep link (`/start invite-…`), which tells them from other links. */
const prefix = 'invite-';
const form = /^invite-[\w-]{22}$/;

/**
 * Creates an invitation for this many users, on behalf of an admin.
 * @returns the parameter of a link to the bot (`t.me/BOT?start=…`), 29 characters; only its hash is stored
 */
export async function invite(
  { invitations, audit }: InviteDependencies,
  madeBy: UserId,
  uses: number,
): Promise<string> {
  const code = `${prefix}${randomBytes(16).toString('base64url')}`;
  await invitations.add({ codeHash: hashOf(code), madeBy, uses, validMs });
  await audit(madeBy, 'invite', null, { uses });
  return code;
}

/** Uses the invitation that came with `/start`. Resolves to null when the parameter is no invitation. */
export async function redeemInvitation(
  { invitations }: Pick<InviteDependencies, 'invitations'>,
  id: UserId,
  parameter: string,
): Promise<'taken' | 'already' | 'invalid' | null> {
  if (!parameter.startsWith(prefix)) return null;
  return form.test(parameter) ? invitations.redeem(id, hashOf(parameter)) : 'invalid';
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
