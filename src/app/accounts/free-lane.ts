import type { UserId } from '../../domain/ids.ts';
import { type CancelDependencies, cancelAll } from '../cancel.ts';
import { dispatch } from '../dispatch.ts';
import type { Audit } from './ports.ts';

type FreeLaneDependencies = CancelDependencies & { audit: Audit };

/**
 * An admin sets a lane going again that hangs: whoever has its file loses it, and the next worker takes it.
 * @returns `given_back`; `idle` when no file of theirs was active
 */
export async function giveBackFile(
  dependencies: FreeLaneDependencies,
  actor: UserId,
  subject: UserId,
): Promise<'given_back' | 'idle'> {
  const { state, token } = await dependencies.lanes.giveBack(subject);
  await dispatch(dependencies, token);
  if (state === null) return 'idle';
  dependencies.log.info({ person: subject, by: actor, from: state }, 'given back by an admin');
  await dependencies.audit(actor, 'give back', String(subject), { state });
  return 'given_back';
}

/** Files that one press cancels; whoever has more needs another. */
const atOnce = 100;

/** An admin cancels all that somebody has under way and waiting. @returns how many files that were */
export async function cancelFiles(
  dependencies: FreeLaneDependencies,
  actor: UserId,
  subject: UserId,
): Promise<number> {
  const files = await dependencies.lanes.open(subject, atOnce);
  let cancelled = 0;
  await cancelAll(dependencies, files, subject, (count) => {
    cancelled = count;
  });
  if (cancelled > 0) await dependencies.audit(actor, 'cancel', String(subject), { files: cancelled });
  return cancelled;
}
