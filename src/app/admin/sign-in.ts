import { createHash, randomBytes } from 'node:crypto';
import type { UserId } from '../../domain/ids.ts';
import type { Audit } from '../ports/audit.ts';
import type { Session, SignIns } from './file-ports.ts';

/** Validity of an unused link, in ms. */
const linkValidMs = 10 * 60_000;

/** Returns a key of 256 random bits, in base64url. */
export function createKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Returns the hash of a key, as the database stores it. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Creates a link for one sign-in of this admin. Resolves to the key that goes into its address. */
export async function createSignInLink(signIns: SignIns, userId: UserId): Promise<string> {
  const key = createKey();
  await signIns.addLink(hashOfKey(key), userId, linkValidMs);
  return key;
}

/**
 * Signs in with a link and uses it up.
 * @param isAdmin returns whether the user is an admin now; a link of a former admin is refused
 * @param address of the browser
 * @returns the key of a new session; null when the link is not valid
 */
export async function signIn(
  { signIns, audit, isAdmin }: { signIns: SignIns; audit: Audit; isAdmin: (id: UserId) => Promise<boolean> },
  link: string,
  address: string,
): Promise<string | null> {
  const userId = await signIns.redeemLink(hashOfKey(link));
  if (userId === null || !(await isAdmin(userId))) return null;
  const key = createKey();
  await signIns.createSession({ keyHash: hashOfKey(key), formKey: createKey(), userId, address });
  await audit(userId, 'sign-in', null, { address });
  return key;
}

/** Returns whether a signed-in user may continue: still an admin, and the session is valid. */
export async function isStillSignedIn(
  { signIns, isAdmin }: { signIns: SignIns; isAdmin: (id: UserId) => Promise<boolean> },
  { id, userId }: Session,
): Promise<boolean> {
  return (await signIns.isValid(id)) && (await isAdmin(userId));
}

/**
 * Returns the session of a key, and counts as a use of it.
 * @returns `newKey` is the key that the browser should use from now on, when it is due; null when there is no session
 */
export async function useSession(
  { signIns, isAdmin }: { signIns: SignIns; isAdmin: (id: UserId) => Promise<boolean> },
  key: string,
  address: string,
): Promise<{ session: Session; newKey: string | null } | null> {
  const session = await signIns.find(hashOfKey(key), address);
  if (session === null) return null;
  if (!(await isAdmin(session.userId))) {
    await signIns.endSession(session.id);
    return null;
  }
  if (!session.isDue) return { session, newKey: null };
  const changed = createKey();
  await signIns.changeKey(session.id, hashOfKey(changed));
  return { session, newKey: changed };
}
