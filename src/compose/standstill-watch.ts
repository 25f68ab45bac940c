import { type TellAdminsDependencies, tellAdmins } from '../app/operations/tell-admins.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import { runPeriodically } from '../runtime/periodic.ts';

/**
 * Pause between two checks for standstills, in ms; a condition has to last for minutes before it
 * counts.
 */
const pollIntervalMs = 15_000;

/** Time that a message in flight has at the end of the process, in ms. */
const closingMs = 2_000;

/**
 * Notifies admins of standstills; only one process at a time does.
 * @returns a function that stops it in order
 */
export function startWatching(dependencies: TellAdminsDependencies): () => Promise<void> {
  const leaving = new AbortController();
  const stop = runPeriodically(
    'watch',
    pollIntervalMs,
    () => tellAdmins(dependencies, leaving.signal),
    dependencies.log,
  );
  return async () => {
    leaving.abort();
    await waitAtMost(closingMs, stop());
    await waitAtMost(
      closingMs,
      dependencies.watch.leave(dependencies.holder).catch(() => undefined),
    );
  };
}
