import type { DeliverDependencies } from '../src/app/deliver/deliver.ts';
import type { Lanes } from '../src/app/ports/lanes.ts';
import type { Log } from '../src/app/ports/log.ts';
import type { Tokens } from '../src/app/ports/tokens.ts';
import { pruneOldRows, sweepDeliveries, sweepLanes } from '../src/app/sweep.ts';
import type { DueWork } from '../src/compose/due-work.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';
import { isDeliveryDue } from '../src/store/deliveries.ts';
import { isSweepDue } from '../src/store/lanes.ts';

/** Minimum time between two sweeps of the lanes, in ms. Its sum with the lease is the maximum wait of
 * a killed worker's transcription (docs/lane.md). */
const sweepIntervalMs = 4_000;

/** Pause between two rounds that delete old history, in ms. */
const pruneIntervalMs = 10 * 60_000;

type LaneDependencies = { lanes: Lanes; tokens: Tokens; log: Log };

/** Returns the sweeps that repair what crashes left behind: lanes, and answers that were never sent. */
export function sweeps(
  lane: LaneDependencies,
  outbox: DeliverDependencies,
): Record<'lanes' | 'outbox', DueWork> {
  return {
    lanes: { isDue: isSweepDue, round: () => sweepLanes(lane), minIntervalMs: sweepIntervalMs },
    outbox: { isDue: isDeliveryDue, round: () => sweepDeliveries(outbox) },
  };
}

/** Starts to delete old history. */
export function startPruning(periodic: PeriodicWork, lane: LaneDependencies): void {
  periodic.every('history', pruneIntervalMs, () => pruneOldRows(lane));
}
