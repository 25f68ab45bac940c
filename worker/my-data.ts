import { sweepExports } from '../src/app/my-data/export.ts';
import { sweepForgetting } from '../src/app/my-data/forget.ts';
import { sweepKept } from '../src/app/my-data/prune.ts';
import type { MyDataDependencies } from '../src/app/my-data/work.ts';
import { repeat } from '../src/sweeping.ts';

/** Between two looks at what people have asked for, in milliseconds: they see that it begins about so soon. */
const askedMs = 1_000;

/** Between two rounds of deleting what was kept for long enough, in milliseconds. */
const pruneMs = 10 * 60_000;

/**
 * Looks after people's data: all of it as files, all of it gone, and what has been kept for long enough.
 * @returns a function that stops it; what is not done then is left to another worker
 */
export function startMyData(dependencies: MyDataDependencies): () => Promise<void> {
  const { log, keptForMs } = dependencies;
  const leaving = new AbortController();
  const stops = [
    repeat('forgetting', askedMs, () => sweepForgetting(dependencies, leaving.signal), log),
    repeat('exports', askedMs, () => sweepExports(dependencies, leaving.signal), log),
    repeat('kept', pruneMs, () => sweepKept(dependencies, keptForMs), log),
  ];
  return async () => {
    leaving.abort();
    await Promise.all(stops.map((stop) => stop()));
  };
}
