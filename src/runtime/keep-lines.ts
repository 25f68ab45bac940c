import type { LogLines } from '../app/admin/log-lines.ts';
import type { Log } from '../app/ports/operations.ts';
import { runPeriodically } from './periodic.ts';
import type { RecentLines } from './recent-lines.ts';

/** Pause between two writes, in ms. */
const writeMs = 2_000;

/** Maximum number of lines in one write. */
const batchSize = 500;

/** Pause between two rounds that delete old lines, in ms. */
const pruneMs = 10 * 60_000;

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
  const stopWriting = runPeriodically('log lines', writeMs, write, log);
  const stopPruning = runPeriodically('old log lines', pruneMs, () => store.prune(keptLines), log);
  return async () => {
    await Promise.all([stopWriting(), stopPruning()]);
    await write().catch(() => undefined);
  };
}
