import type { Log } from '../../app/ports/log.ts';
import type { VoiceprintStore } from '../speakers/index.ts';
import type { Erasures } from './store/erasures.ts';
import type { Retention } from './store/retention.ts';

export type RetentionDependencies = {
  retention: Retention;
  erasures: Erasures;
  voiceprints: Pick<VoiceprintStore, 'prune'>;
  log: Log;
};

/** Number of rows deleted at a time: short transactions that do not block others. */
const batchSize = 200;

/**
 * Deletes transcripts past their retention, the remaining data of erased users when its time is over, and
 * remembered voices that were not used for a year.
 * @param defaultMs retention for users without a choice, in ms; null: unlimited
 */
export async function applyRetention(
  { retention, erasures, voiceprints, log }: RetentionDependencies,
  defaultMs: number | null,
): Promise<void> {
  const files = await inLots(() => retention.prune(batchSize, defaultMs));
  const users = await inLots(() => erasures.prune(batchSize));
  const voices = await inLots(() => voiceprints.prune(batchSize));
  if (files + users + voices > 0) log.info({ files, users, voices }, 'data past its retention deleted');
}

async function inLots(prune: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const pruned = await prune();
    total += pruned;
    if (pruned < batchSize) return total;
  }
}
