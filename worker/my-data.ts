import {
  applyRetention,
  type MyDataDependencies,
  sweepErasures,
  sweepExports,
} from '../src/features/my-data/index.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/**
 * Pause between two looks for requested exports and erasures, in ms; users see the start after
 * about this time.
 */
const takeIntervalMs = 1_000;

/** Pause between two rounds that delete transcripts after their retention, in ms. */
const pruneIntervalMs = 10 * 60_000;

/** Starts the exports, erasures and retention of users' data; after a stop another worker finishes what is left. */
export function startMyData(periodic: PeriodicWork, dependencies: MyDataDependencies): void {
  periodic.every('erasures', takeIntervalMs, (leaving) => sweepErasures(dependencies, leaving));
  periodic.every('exports', takeIntervalMs, (leaving) => sweepExports(dependencies, leaving));
  periodic.every('retention', pruneIntervalMs, () =>
    applyRetention(dependencies, dependencies.defaultRetentionMs),
  );
}
