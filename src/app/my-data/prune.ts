import type { Log } from '../ports/operations.ts';
import type { Forgetting, Keeping } from './ports.ts';

/** So much goes at a time: short transactions that hold up nobody. */
const atOnce = 200;

/**
 * Deletes transcripts that have been kept for as long as their people want, and what stayed of people who wanted to be
 * forgotten.
 * @param defaultMs for whoever has not chosen; null: for ever
 */
export async function sweepKept(
  { keeping, forgetting, log }: { keeping: Keeping; forgetting: Forgetting; log: Log },
  defaultMs: number | null,
): Promise<void> {
  const files = await inLots(() => keeping.prune(atOnce, defaultMs));
  const people = await inLots(() => forgetting.prune(atOnce));
  if (files + people > 0) log.info({ files, people }, 'kept for long enough');
}

async function inLots(prune: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const pruned = await prune();
    total += pruned;
    if (pruned < atOnce) return total;
  }
}
