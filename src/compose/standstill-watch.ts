import { type NotifyAdminsDependencies, notifyAdmins } from '../app/monitoring/notify-admins.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import type { PeriodicWork } from '../runtime/periodic-work.ts';

/**
 * Pause between two checks for standstills, in ms; a condition has to last for minutes before it
 * counts.
 */
const pollIntervalMs = 15_000;

/** Time that a message in flight has at the end of the process, in ms. */
const closingMs = 2_000;

/** Notifies admins of standstills; only one process at a time does. */
export function startWatching(periodic: PeriodicWork, dependencies: NotifyAdminsDependencies): void {
  const { watch, holder } = dependencies;
  periodic.every('watch', pollIntervalMs, (leaving) => notifyAdmins(dependencies, leaving), {
    closingMs,
    // Another process can go on at once.
    afterLast: () => waitAtMost(closingMs, watch.leave(holder)),
  });
}
