import { setImmediate as turn } from 'node:timers/promises';
import type { PeriodicWork } from '../../src/runtime/periodic-work.ts';

/** Periodic work of one round that runs when a test says so. */
export function periodicByHand() {
  const leaving = new AbortController();
  let round: Parameters<PeriodicWork['every']>[2] = async () => undefined;
  let afterLast: (() => Promise<void>) | undefined;
  const periodic: PeriodicWork = {
    every(_name, _everyMs, work, end) {
      round = work;
      afterLast = end?.afterLast;
    },
    async stop() {
      leaving.abort();
      await afterLast?.();
    },
  };
  return {
    periodic,
    /** Runs a round, and what it began without awaiting it as far as one turn of the event loop goes. */
    async run() {
      await round(leaving.signal);
      await turn();
    },
  };
}
