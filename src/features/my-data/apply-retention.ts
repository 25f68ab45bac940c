import type { Log } from '../../app/ports/log.ts';
import type { Erasures } from './store/erasures.ts';
import type { Retention } from './store/retention.ts';

/** Number of rows deleted at a time: short transactions that do not block others. */
const batchSize = 200;

/**
 * Deletes transcripts past their retention, and the remaining data of erased users when its time is over.
 * @param defaultMs retention for users without a choice, in ms; null: unlimited
 */
export async function applyRetention(
  { retention, erasures, log }: { retention: Retention; erasures: Erasures; log: Log },
  defaultMs: number | null,
): Promise<void> {
  const files = await inLots(() => retention.prune(batchSize, defaultMs));
  const users = await inLots(() => erasures.prune(batchSize));
  if (files + users > 0) log.info({ files, users }, 'data past its retention deleted');
}

async function inLots(prune: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const pruned = await prune();
    total += pruned;
    if (pruned < batchSize) return total;
  }
}
