import type { LogLines } from './app/admin/log-lines.ts';
import type { Log } from './app/ports/operations.ts';
import type { RecentLines } from './recent-lines.ts';
import { repeat } from './sweeping.ts';

/** Between two writings, in milliseconds. */
const writeMs = 2_000;

/** Lines of one writing. */
const batchSize = 500;

/** Between two rounds of forgetting, in milliseconds. */
const pruneMs = 10 * 60_000;

/** Lines that are kept, of all processes together: some 10 MB. */
const keptLines = 20_000;

/** Writes the recent lines of this process where the admin page finds them. @returns a function that stops it in order */
export function keepLines(recent: RecentLines, store: LogLines, log: Log): () => Promise<void> {
  const write = async () => {
    const lines = recent.take(batchSize);
    if (lines.length === 0) return;
    await store.add(lines).catch((error) => {
      recent.putBack(lines);
      throw error;
    });
  };
  const stopWriting = repeat('log lines', writeMs, write, log);
  const stopPruning = repeat('old log lines', pruneMs, () => store.prune(keptLines), log);
  return async () => {
    await Promise.all([stopWriting(), stopPruning()]);
    await write().catch(() => undefined);
  };
}
