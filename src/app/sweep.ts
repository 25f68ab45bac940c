import { type ShowPickerDependencies, showPicker } from './choose/show-picker.ts';
import type { DeliverDependencies } from './deliver/deliver.ts';
import { deliverTogether, groupAlbums } from './deliver/deliver-together.ts';
import { dispatch } from './lane/dispatch.ts';
import { logError } from './log-error.ts';
import type { Lanes } from './ports/lanes.ts';
import type { Log } from './ports/log.ts';
import type { Tokens } from './ports/tokens.ts';

/**
 * Number of transcriptions taken at a time. A take has a lease, so it must not hold more than can be handled within
 * it.
 */
const batchSize = 4;

/** Maximum number of transcriptions handled in one pass; the rest is for the next pass or another process. */
const maxPerPass = 48;

/** Sends lost tokens again and requeues the transcriptions of lost workers. Every process does it. */
export async function sweepLanes(dependencies: { lanes: Lanes; tokens: Tokens; log: Log }): Promise<void> {
  const tokens = await dependencies.lanes.sweep();
  for (const token of tokens) await dispatch(dependencies, token);
  if (tokens.length > 0) dependencies.log.info({ tokens: tokens.length }, 'tokens sent again');
}

/**
 * Sends deliveries that were added later, those that a worker could not send or did not send before it died, and the albums
 * of bursts.
 */
export async function sweepDeliveries(dependencies: DeliverDependencies): Promise<void> {
  const { deliveries: outbox, sent, log } = dependencies;
  for (let handled = 0; handled < maxPerPass; handled += batchSize) {
    const due = await outbox.leaseDue(batchSize);
    for (const { transcription, deliveries } of due) {
      const kinds = deliveries.map(({ kind }) => kind);
      log.info({ transcription: transcription.id, kinds }, 'sending from the outbox');
    }
    await Promise.all(groupAlbums(due, sent).map((group) => deliverTogether(dependencies, group)));
    if (due.length < batchSize) return;
  }
}

/** Number of old rows deleted at a time: short transactions that do not block others. */
const pruneBatchSize = 1_000;

/**
 * Deletes old rows of the history of states, of chunks and of bulk changes, and ends files that nobody chose an engine
 * for.
 */
export async function pruneOldRows({ lanes, log }: { lanes: Lanes; log: Log }): Promise<void> {
  for (let total = 0; ; ) {
    const pruned = await lanes.prune(pruneBatchSize);
    total += pruned;
    if (pruned < pruneBatchSize) {
      if (total > 0) log.info({ rows: total }, 'old history deleted');
      return;
    }
  }
}

/**
 * Sends pickers that were never sent, because the bot died between receiving an upload and asking for an engine. A user
 * who cannot be reached does not delay the others.
 */
export async function sweepUnshown(dependencies: ShowPickerDependencies & { log: Log }): Promise<void> {
  const { lanes, log } = dependencies;
  await inSmallLots(
    () => lanes.leaseUnshown(batchSize),
    async (file) => {
      try {
        await showPicker(dependencies, file, file.userId, await dependencies.reports.lastEngine(file.userId));
      } catch (thrown) {
        logError(log, 'warn', { transcription: file.id }, thrown, 'picker not sent');
      }
    },
  );
}

async function inSmallLots<T>(
  lease: () => Promise<readonly T[]>,
  work: (one: T) => Promise<void>,
): Promise<void> {
  for (let handled = 0; handled < maxPerPass; handled += batchSize) {
    const lot = await lease();
    await Promise.all(lot.map(work));
    if (lot.length < batchSize) return;
  }
}
