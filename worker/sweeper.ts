import { sweepDeliveries, sweepHistory, sweepLanes } from '../src/app/lane/sweep.ts';
import type { RunJobDependencies } from '../src/app/run/run-job.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/**
 * Pause between two sweeps of the lanes, in ms. With the lease, it bounds how long a killed
 * worker's transcription waits.
 */
const sweepIntervalMs = 4_000;

/**
 * Pause between two looks into the outbox, in ms; users see requested documents after about this
 * time.
 */
const outboxIntervalMs = 1_000;

/** Pause between two rounds that delete old history, in ms. */
const pruneIntervalMs = 10 * 60_000;

/** Starts the sweeps that repair what crashes left behind: lanes, and answers that were never sent. */
export function startSweeper(
  periodic: PeriodicWork,
  dependencies: Omit<RunJobDependencies, 'engines'>,
): void {
  periodic.every('lanes', sweepIntervalMs, () => sweepLanes(dependencies));
  periodic.every('outbox', outboxIntervalMs, () => sweepDeliveries(dependencies));
  periodic.every('history', pruneIntervalMs, () => sweepHistory(dependencies));
}
