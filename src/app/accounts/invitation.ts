import { createHash, randomBytes } from 'node:crypto';
import type { UserId } from '../../domain/ids.ts';
import type { Audit, Invitations } from './ports.ts';

/** An invitation that nobody has used is no good after so long, in milliseconds. */
const validMs = 7 * 86_400_000;

/** People whom one invitation lets in at most. */
export const mostUses = 1_000;

/** What an invitation begins with in a deep link (`/start invite-…`), so that other links are told apart. */
const prefix = 'invite-';
const form = /^invite-[\w-]{22}$/;

/**
 * An admin makes an invitation for so many people.
 * @returns the parameter of a link to the bot (`t.me/BOT?start=…`): 29 letters; only its hash is kept
 */
export async function invite(
  { invitations, audit }: { invitations: Invitations; audit: Audit },
  madeBy: UserId,
  uses: number,
): Promise<string> {
  const code = `${prefix}${randomBytes(16).toString('base64url')}`;
  await invitations.add({ codeHash: hashOf(code), madeBy, uses, validMs });
  await audit(madeBy, 'invite', null, { uses });
  return code;
}

/** What somebody brings with `/start`: null when it is no invitation at all. */
export async function takeInvitation(
  { invitations }: { invitations: Invitations },
  id: UserId,
  parameter: string,
): Promise<'taken' | 'already' | 'invalid' | null> {
  if (!parameter.startsWith(prefix)) return null;
  return form.test(parameter) ? invitations.take(id, hashOf(parameter)) : 'invalid';
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
