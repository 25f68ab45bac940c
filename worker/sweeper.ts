import { sweepDeliveries, sweepHistory, sweepLanes } from '../src/app/sweep.ts';
import type { TranscribeDependencies } from '../src/app/transcribe.ts';
import { repeat } from '../src/sweeping.ts';

/** Between two rounds of mending, in milliseconds: with the lease, it bounds how long a killed worker's file rests. */
const sweepMs = 4_000;

/** Between two looks into the outbox, in milliseconds: whoever asks for one more file sees it about so soon. */
const outboxMs = 1_000;

/** Between two rounds of forgetting, in milliseconds. */
const pruneMs = 10 * 60_000;

/** Mends what deaths left behind: lanes, and answers that were never sent. */
export function startSweeper(dependencies: Omit<TranscribeDependencies, 'engines'>): () => Promise<void> {
  const stops = [
    repeat('lanes', sweepMs, () => sweepLanes(dependencies), dependencies.log),
    repeat('outbox', outboxMs, () => sweepDeliveries(dependencies), dependencies.log),
    repeat('history', pruneMs, () => sweepHistory(dependencies), dependencies.log),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
