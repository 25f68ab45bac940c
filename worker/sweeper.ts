import { sweepDeliveries, sweepHistory, sweepLanes } from '../src/app/lane/sweep.ts';
import type { RunJobDependencies } from '../src/app/run/run-job.ts';
import type { DueWork } from '../src/compose/due-work.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';
import { isDeliveryDue } from '../src/store/deliveries.ts';
import { isSweepDue } from '../src/store/lanes.ts';

/** Minimum time between two sweeps of the lanes, in ms. With the lease, it bounds how long a killed worker's transcription waits. */
const sweepIntervalMs = 4_000;

/** Pause between two rounds that delete old history, in ms. */
const pruneIntervalMs = 10 * 60_000;

type Dependencies = Omit<RunJobDependencies, 'engines'>;

/** Returns the sweeps that repair what crashes left behind: lanes, and answers that were never sent. */
export function sweeps(dependencies: Dependencies): Record<'lanes' | 'outbox', DueWork> {
  return {
    lanes: { isDue: isSweepDue, round: () => sweepLanes(dependencies), minIntervalMs: sweepIntervalMs },
    outbox: { isDue: isDeliveryDue, round: () => sweepDeliveries(dependencies) },
  };
}

/** Starts to delete old history. */
export function startPruning(periodic: PeriodicWork, dependencies: Dependencies): void {
  periodic.every('history', pruneIntervalMs, () => sweepHistory(dependencies));
}
