import {
  applyRetention,
  type MyDataDependencies,
  sweepErasures,
  sweepExports,
} from '../src/features/my-data/index.ts';
import { runPeriodically } from '../src/runtime/periodic.ts';

/**
 * Pause between two looks for requested exports and erasures, in ms; users see the start after
 * about this time.
 */
const askedMs = 1_000;

/** Pause between two rounds that delete transcripts after their retention, in ms. */
const pruneMs = 10 * 60_000;

/**
 * Starts the exports, erasures and retention of users' data.
 * @returns a function that stops them; another worker finishes what is left
 */
export function startMyData(dependencies: MyDataDependencies): () => Promise<void> {
  const { log, keptForMs } = dependencies;
  const leaving = new AbortController();
  const stops = [
    runPeriodically('forgetting', askedMs, () => sweepErasures(dependencies, leaving.signal), log),
    runPeriodically('exports', askedMs, () => sweepExports(dependencies, leaving.signal), log),
    runPeriodically('kept', pruneMs, () => applyRetention(dependencies, keptForMs), log),
  ];
  return async () => {
    leaving.abort();
    await Promise.all(stops.map((stop) => stop()));
  };
}
