import { toDabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import { dispatch } from './dispatch.ts';
import type { Replies } from './ports/answers.ts';
import type { Addressee, CancelResult, Lanes, Tokens } from './ports/lanes.ts';
import type { Log, Meter } from './ports/operations.ts';
import { refreshWaiting } from './refresh-waiting.ts';

export type CancelDependencies = {
  lanes: Lanes;
  tokens: Tokens;
  replies: Replies;
  meter: Meter;
  log: Log;
};

/**
 * Takes a file out of its owner's lane, in whatever state it is; the next one moves up. A running one is stopped by
 * its worker, wherever that is, within a second.
 * @param committed called with what came of it as soon as that is safe in the database
 */
export async function cancel(
  dependencies: CancelDependencies,
  to: Addressee,
  userId: UserId,
  committed: (outcome: CancelResult['outcome']) => void = () => undefined,
): Promise<void> {
  const result = await cancelOne(dependencies, to, userId);
  committed(result.outcome);
  if (result.outcome === 'cancelled') await dispatch(dependencies, result.next);
  await showCancelled(dependencies, to, userId, result);
  if (result.outcome === 'cancelled') await refreshWaiting(dependencies, userId);
}

/**
 * Takes all these files of one person out of their lane. The last in line go first, so that none starts in between.
 * @param committed called with how many there were as soon as that is safe in the database
 */
export async function cancelAll(
  dependencies: CancelDependencies,
  files: readonly Addressee[],
  userId: UserId,
  committed: (count: number) => void,
): Promise<void> {
  const results: { file: Addressee; result: CancelResult }[] = [];
  for (const file of files.toReversed()) {
    results.push({ file, result: await cancelOne(dependencies, file, userId) });
  }
  committed(
    results.filter(({ result: { outcome } }) => outcome === 'cancelled' || outcome === 'requested').length,
  );
  for (const { result } of results) {
    if (result.outcome === 'cancelled') await dispatch(dependencies, result.next);
  }
  for (const { file, result } of results) await showCancelled(dependencies, file, userId, result);
}

/** A running file is ended, and counted, by its worker. */
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

/** Best effort: the file is out of its lane, whatever its message says. */
async function showCancelled(
  { lanes, replies, log }: CancelDependencies,
  to: Addressee,
  userId: UserId,
  result: CancelResult,
): Promise<void> {
  try {
    if (result.outcome === 'requested') {
      await replies.showStatus(to, { kind: 'cancelling' });
      // Its worker may have stopped meanwhile, and have said so before this.
      const now = await lanes.find(to.id, userId);
      if (now?.state === 'CANCELLED') await replies.showStatus(to, { kind: 'cancelled' });
    }
    // A message that missed its ending is mended by a second press.
    const ended = result.outcome === 'ended' && result.state === 'CANCELLED';
    if (result.outcome === 'cancelled' || ended) await replies.showStatus(to, { kind: 'cancelled' });
  } catch (error) {
    log.warn({ transcription: to.id, cause: toDabirError(error).message }, 'cancel not shown');
  }
}
