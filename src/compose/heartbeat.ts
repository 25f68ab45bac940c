import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Processes, ProcessRole } from '../app/admin/system-ports.ts';
import type { Meter } from '../app/ports/meter.ts';
import type { PeriodicWork } from '../runtime/periodic-work.ts';
import type { RateLimiter } from '../telegram/rate-limiter.ts';

/** Pause between two reports, in ms; a process without a report for 30 s counts as gone. */
const reportIntervalMs = 5_000;

/**
 * Reports to admins that this process is alive, and at its end that it has left. Sets the share of
 * Telegram's limits that this process may use, from the number of processes that run.
 */
export function startHeartbeat(
  periodic: PeriodicWork,
  {
    processes,
    rateLimiter,
    meter,
  }: { processes: Processes; rateLimiter: Pick<RateLimiter, 'share'>; meter: Pick<Meter, 'diskFree'> },
  role: ProcessRole,
): void {
  const report = async () => {
    const free = await freeBytes();
    // A bot keeps no audio, and in a container it has hardly any disk.
    if (free !== null && role === 'worker') meter.diskFree(free);
    rateLimiter.share(await processes.report({ role, freeBytes: free }));
  };
  const leave = () => processes.leave().catch(() => undefined);
  periodic.every('process report', reportIntervalMs, report, { afterLast: leave });
}

/**
 * Returns the free bytes where audio is stored during transcription; null where the system does not
 * report them.
 */
async function freeBytes(): Promise<number | null> {
  const space = await statfs(tmpdir()).catch(() => null);
  return space === null ? null : space.bavail * space.bsize;
}
