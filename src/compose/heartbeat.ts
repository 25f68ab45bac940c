import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Processes, ProcessRole } from '../app/admin/operations.ts';
import type { Log, Meter } from '../app/ports/operations.ts';
import { runPeriodically } from '../runtime/periodic.ts';
import type { RateLimiter } from '../telegram/rate-limiter.ts';

/** Pause between two reports, in ms; a process without a report for 30 s counts as gone. */
const reportMs = 5_000;

/**
 * Reports to admins that this process is alive, and at its end that it has left. Sets the share of
 * Telegram's limits that this process may use, from the number of processes that run.
 */
export function startHeartbeat(
  {
    processes,
    pace,
    meter,
    log,
  }: { processes: Processes; pace: Pick<RateLimiter, 'share'>; meter: Pick<Meter, 'diskFree'>; log: Log },
  role: ProcessRole,
): () => Promise<void> {
  const stop = runPeriodically(
    'process report',
    reportMs,
    async () => {
      const free = await freeBytes();
      // A bot keeps no audio, and in a container it has hardly any disk.
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

/**
 * Returns the free bytes where audio is stored during transcription; null where the system does not
 * report them.
 */
async function freeBytes(): Promise<number | null> {
  const space = await statfs(tmpdir()).catch(() => null);
  return space === null ? null : space.bavail * space.bsize;
}
