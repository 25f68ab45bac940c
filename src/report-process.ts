import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Processes, ProcessRole } from './app/admin/operations.ts';
import type { Log, Meter } from './app/ports/operations.ts';
import { repeat } from './sweeping.ts';
import type { Pace } from './telegram/pace.ts';

/** Between two signs of life, in milliseconds; after 30 s without one a process counts as gone. */
const reportMs = 5_000;

/**
 * Tells operators that this process lives, and at its end that it has left; and this process how many share what Telegram
 * takes of one bot.
 */
export function reportProcess(
  {
    processes,
    pace,
    meter,
    log,
  }: { processes: Processes; pace: Pick<Pace, 'share'>; meter: Pick<Meter, 'diskFree'>; log: Log },
  role: ProcessRole,
): () => Promise<void> {
  const stop = repeat(
    'process report',
    reportMs,
    async () => {
      const free = await freeBytes();
      // A bot keeps no recordings, and in a container it has next to no disk.
      if (free !== null && role === 'worker') meter.diskFree(free);
      pace.share(await processes.report({ role, freeBytes: free }));
    },
    log,
  );
  return async () => {
    await stop();
    await processes.leave().catch(() => undefined);
  };
}

/** Free where recordings lie while they are listened to; null where the system does not tell. */
async function freeBytes(): Promise<number | null> {
  const space = await statfs(tmpdir()).catch(() => null);
  return space === null ? null : space.bavail * space.bsize;
}
