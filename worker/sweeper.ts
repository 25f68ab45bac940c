import type { DeliverDependencies } from '../src/app/deliver/deliver.ts';
import { sweepDeliveries, sweepHistory, sweepLanes } from '../src/app/lane/sweep.ts';
import type { Lanes, Tokens } from '../src/app/ports/lanes.ts';
import type { Log } from '../src/app/ports/operations.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/**
 * Pause between two sweeps of the lanes, in ms. Its sum with the lease is the maximum wait of
 * a killed worker's transcription (docs/lane.md).
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
  lane: { lanes: Lanes; tokens: Tokens; log: Log },
  outbox: DeliverDependencies,
): void {
  periodic.every('lanes', sweepIntervalMs, () => sweepLanes(lane));
  periodic.every('outbox', outboxIntervalMs, () => sweepDeliveries(outbox));
  periodic.every('history', pruneIntervalMs, () => sweepHistory(lane));
}
