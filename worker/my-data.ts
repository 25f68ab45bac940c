import type { DueWork } from '../src/compose/due-work.ts';
import {
  applyRetention,
  isErasureDue,
  isExportDue,
  type MyDataDependencies,
  sweepErasures,
  sweepExports,
} from '../src/features/my-data/index.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/** Pause between two rounds that delete transcripts after their retention, in ms. */
const pruneIntervalMs = 10 * 60_000;

/** Returns the exports and erasures of users' data; after a stop another worker finishes what is left. */
export function myDataWork(dependencies: MyDataDependencies): Record<'erasures' | 'exports', DueWork> {
  return {
    erasures: { isDue: isErasureDue, round: (leaving) => sweepErasures(dependencies, leaving) },
    exports: { isDue: isExportDue, round: (leaving) => sweepExports(dependencies, leaving) },
  };
}

/** Starts to delete transcripts after their retention. */
export function startRetention(periodic: PeriodicWork, dependencies: MyDataDependencies): void {
  periodic.every('retention', pruneIntervalMs, () =>
    applyRetention(dependencies, dependencies.defaultRetentionMs),
  );
}
