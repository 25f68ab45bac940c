import { type CancelDependencies, cancelAll } from '../../app/lane/cancel.ts';
import { dispatch } from '../../app/lane/dispatch.ts';
import type { Audit } from '../../app/ports/audit.ts';
import type { UserId } from '../../domain/ids.ts';

export type FreeLaneDependencies = CancelDependencies & { audit: Audit };

/**
 * Frees a user's lane that hangs, on behalf of an admin: the active transcription is requeued, and its current holder
 * loses the claim.
 * @returns `given_back`; `idle` when the lane had no active transcription
 */
export async function forceRelease(
  dependencies: FreeLaneDependencies,
  actor: UserId,
  subject: UserId,
): Promise<'given_back' | 'idle'> {
  const { state, token } = await dependencies.lanes.forceRelease(subject);
  await dispatch(dependencies, token);
  if (state === null) return 'idle';
  dependencies.log.info({ user: subject, by: actor, from: state }, 'requeued by an admin');
  await dependencies.audit(actor, 'give back', String(subject), { state });
  return 'given_back';
}

/** Maximum number of transcriptions that one press cancels; more of them need another press. */
const batchSize = 100;

/**
 * Cancels all transcriptions of a user that have not ended, on behalf of an admin.
 * @returns the number of cancelled transcriptions
 */
export async function cancelFiles(
  dependencies: FreeLaneDependencies,
  actor: UserId,
  subject: UserId,
): Promise<number> {
  const files = await dependencies.lanes.listOpen(subject, batchSize);
  const { outcome: cancelled, followUp } = await cancelAll(dependencies, files, subject);
  await followUp();
  if (cancelled > 0) await dependencies.audit(actor, 'cancel', String(subject), { files: cancelled });
  return cancelled;
}
