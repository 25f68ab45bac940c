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
const askedMs = 1_000;

/** Pause between two rounds that delete transcripts after their retention, in ms. */
const pruneMs = 10 * 60_000;

/** Starts the exports, erasures and retention of users' data; after a stop another worker finishes what is left. */
export function startMyData(periodic: PeriodicWork, dependencies: MyDataDependencies): void {
  periodic.every('erasures', askedMs, (leaving) => sweepErasures(dependencies, leaving));
  periodic.every('exports', askedMs, (leaving) => sweepExports(dependencies, leaving));
  periodic.every('retention', pruneMs, () => applyRetention(dependencies, dependencies.defaultRetentionMs));
}
