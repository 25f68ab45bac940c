import { createHash, randomBytes } from 'node:crypto';
import type { UserId } from '../../domain/ids.ts';
import type { Audit } from '../accounts/ports.ts';
import type { Session, SignIns } from './ports.ts';

/** A link that nobody has used is no good after so long, in milliseconds. */
const linkValidMs = 10 * 60_000;

/** A word of 256 random bits, in letters that an address may have. */
export function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a key. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** A link for one sign-in of this admin; the word that goes into its address. */
export async function makeLink(signIns: SignIns, userId: UserId): Promise<string> {
  const key = newKey();
  await signIns.addLink(hashOfKey(key), userId, linkValidMs);
  return key;
}

/**
 * Signs in with a link, which is used up.
 * @param isAdmin whether this person is an admin now: a link does not outlive that
 * @param address of the visitor
 * @returns the key of a new session, null when the link is no good
 */
export async function signIn(
  { signIns, audit, isAdmin }: { signIns: SignIns; audit: Audit; isAdmin: (id: UserId) => Promise<boolean> },
  link: string,
  address: string,
): Promise<string | null> {
  const userId = await signIns.takeLink(hashOfKey(link));
  if (userId === null || !(await isAdmin(userId))) return null;
  const key = newKey();
  await signIns.open({ keyHash: hashOfKey(key), formKey: newKey(), userId, address });
  await audit(userId, 'sign-in', null, { address });
  return key;
}

/** Whether somebody who was let in still may look: they are an admin, and their session is open. */
export async function isStillSignedIn(
  { signIns, isAdmin }: { signIns: SignIns; isAdmin: (id: UserId) => Promise<boolean> },
  { id, userId }: Session,
): Promise<boolean> {
  return (await signIns.isOpen(id)) && (await isAdmin(userId));
}

/**
 * The session that a key opens.
 * @returns also the key that the browser is to have from now on, when it is time to change it
 */
export async function openSession(
  { signIns, isAdmin }: { signIns: SignIns; isAdmin: (id: UserId) => Promise<boolean> },
  key: string,
  address: string,
): Promise<{ session: Session; newKey: string | null } | null> {
  const session = await signIns.find(hashOfKey(key), address);
  if (session === null) return null;
  if (!(await isAdmin(session.userId))) {
    await signIns.close(session.id);
    return null;
  }
  if (!session.isDue) return { session, newKey: null };
  const changed = newKey();
  await signIns.changeKey(session.id, hashOfKey(changed));
  return { session, newKey: changed };
}
