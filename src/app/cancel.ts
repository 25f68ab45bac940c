import type { UserId } from '../domain/ids.ts';
import { dispatch } from './dispatch.ts';
import type { Addressee, CancelResult, Lanes, Log, Replies, Tokens } from './ports.ts';
import { refreshWaiting } from './refresh-waiting.ts';

export type CancelDependencies = { lanes: Lanes; tokens: Tokens; replies: Replies; log: Log };

/**
 * Takes a file out of its owner's lane, in whatever state it is; the next one moves up. A running one is stopped by
 * its worker within a heartbeat.
 */
export async function cancel(
  dependencies: CancelDependencies,
  to: Addressee,
  userId: UserId,
): Promise<CancelResult['outcome']> {
  const { lanes, replies } = dependencies;
  const result = await lanes.cancel(to.id, userId);
  if (result.outcome === 'cancelled') {
    await dispatch(dependencies, result.next);
    await replies.showStatus(to, { kind: 'cancelled' });
    await refreshWaiting(dependencies, userId);
  }
  if (result.outcome === 'requested') await replies.showStatus(to, { kind: 'cancelling' });
  return result.outcome;
}
