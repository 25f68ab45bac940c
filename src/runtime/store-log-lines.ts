import type { LogLines } from '../app/admin/log-lines.ts';
import type { Log } from '../app/ports/log.ts';
import { createPeriodicWork } from './periodic-work.ts';
import type { RecentLines } from './recent-lines.ts';

/** Pause between two writes, in ms. */
const writeIntervalMs = 2_000;

/** Maximum number of lines in one write. */
const batchSize = 500;

/** Pause between two rounds that delete old lines, in ms. */
const pruneIntervalMs = 10 * 60_000;

/** Maximum number of lines kept for all processes together: about 10 MB. */
const keptLines = 20_000;

/**
 * Writes the recent log lines of this process to the database, where the admin page reads them.
 * @returns a function that stops it in order
 */
export function storeLogLines(recent: RecentLines, store: LogLines, log: Log): () => Promise<void> {
  const write = async () => {
    const lines = recent.take(batchSize);
    if (lines.length === 0) return;
    await store.add(lines).catch((error) => {
      recent.putBack(lines);
      throw error;
    });
  };
  const periodic = createPeriodicWork(log);
  const writeLast = () => write().catch(() => undefined);
  periodic.every('log lines', writeIntervalMs, write, { afterLast: writeLast });
  periodic.every('old log lines', pruneIntervalMs, () => store.prune(keptLines));
  return periodic.stop;
}
