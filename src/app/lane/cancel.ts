import { isSpokenFor } from '../../domain/burst.ts';
import type { UserId } from '../../domain/ids.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import { logError } from '../log-error.ts';
import type { Addressee, CancelResult, Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Meter } from '../ports/meter.ts';
import type { Tokens } from '../ports/tokens.ts';
import { dispatch } from './dispatch.ts';
import { refreshPositions } from './refresh-positions.ts';
import { showTransientStatus } from './transient-status.ts';

export type CancelDependencies = {
  lanes: Lanes;
  tokens: Tokens;
  messenger: Messenger;
  meter: Meter;
  log: Log;
};

/**
 * Cancels a transcription in any state; the next one in the lane moves up. The worker of an active one, on any machine,
 * stops it within a second.
 */
export async function cancel(
  dependencies: CancelDependencies,
  to: Addressee,
  userId: UserId,
): Promise<WithFollowUp<CancelResult['outcome']>> {
  const result = await cancelOne(dependencies, to, userId);
  return withFollowUp(result.outcome, async () => {
    if (result.outcome === 'cancelled') await dispatch(dependencies, result.next);
    await showCancelled(dependencies, to, result);
    if (result.outcome === 'cancelled') await refreshPositions(dependencies, userId);
  });
}

/**
 * Cancels several transcriptions of one user. The last in the lane are cancelled first, so that none of them starts in
 * between.
 * @returns the number of cancelled transcriptions
 */
export async function cancelAll(
  dependencies: CancelDependencies,
  files: readonly Addressee[],
  userId: UserId,
): Promise<WithFollowUp<number>> {
  const results: { file: Addressee; result: CancelResult }[] = [];
  for (const file of files.toReversed()) {
    results.push({ file, result: await cancelOne(dependencies, file, userId) });
  }
  const count = results.filter(
    ({ result: { outcome } }) => outcome === 'cancelled' || outcome === 'requested',
  ).length;
  return withFollowUp(count, async () => {
    for (const { result } of results) {
      if (result.outcome === 'cancelled') await dispatch(dependencies, result.next);
    }
    for (const { file, result } of results) await showCancelled(dependencies, file, result);
  });
}

/** Cancels one transcription. If a worker has claimed it, that worker ends it and counts it. */
async function cancelOne(
  { lanes, meter, log }: CancelDependencies,
  { id }: Addressee,
  userId: UserId,
): Promise<CancelResult> {
  const result = await lanes.cancel(id, userId);
  if (result.outcome === 'cancelled') {
    meter.ended({ engine: null, state: 'CANCELLED', code: null, runningSeconds: 0, audioSeconds: 0 });
    log.info({ transcription: id, state: 'CANCELLED' }, 'cancelled');
  }
  return result;
}

/**
 * Shows the cancellation in the status message. Never rejects: the transcription is cancelled even when its message is
 * not edited.
 */
async function showCancelled(
  dependencies: CancelDependencies,
  to: Addressee,
  result: CancelResult,
): Promise<void> {
  const { messenger, log } = dependencies;
  // The message of its burst shows it.
  if (isSpokenFor(to)) return;
  try {
    if (result.outcome === 'requested') {
      await showTransientStatus(dependencies, to, { kind: 'cancelling' });
    }
    // A second press repairs a message that does not show the end.
    const ended = result.outcome === 'ended' && result.state === 'CANCELLED';
    if (result.outcome === 'cancelled' || ended) await messenger.showStatus(to, { kind: 'cancelled' });
  } catch (error) {
    logError(log, 'warn', { transcription: to.id }, error, 'cancellation not shown');
  }
}
