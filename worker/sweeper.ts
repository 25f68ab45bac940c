import type { RunJobDependencies } from '../src/app/run-job.ts';
import { sweepDeliveries, sweepHistory, sweepLanes } from '../src/app/sweep.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/**
 * Pause between two sweeps of the lanes, in ms. With the lease, it bounds how long a killed
 * worker's transcription waits.
 */
const sweepMs = 4_000;

/**
 * Pause between two looks into the outbox, in ms; users see requested documents after about this
 * time.
 */
const outboxMs = 1_000;

/** Pause between two rounds that delete old history, in ms. */
const pruneMs = 10 * 60_000;

/** Starts the sweeps that repair what crashes left behind: lanes, and answers that were never sent. */
export function startSweeper(
  periodic: PeriodicWork,
  dependencies: Omit<RunJobDependencies, 'engines'>,
): void {
  periodic.every('lanes', sweepMs, () => sweepLanes(dependencies));
  periodic.every('outbox', outboxMs, () => sweepDeliveries(dependencies));
  periodic.every('history', pruneMs, () => sweepHistory(dependencies));
}
