import { setTimeout as sleep } from 'node:timers/promises';
import { logError } from '../app/log-error.ts';
import type { Log } from '../app/ports/log.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';

/** How periodic work ends. */
export type PeriodicEnd = {
  /** Maximum time that the running round has when the process ends, in ms; without it the round is awaited. */
  readonly closingMs?: number;
  /** Runs after the last round. */
  readonly afterLast?: () => Promise<void>;
};

/** The periodic work of a process, or of a part of it that stops before the rest. */
export type PeriodicWork = {
  /**
   * Runs a round at once and then about every `everyMs`, with jitter so that processes do not run it at the same time.
   * A failed round is logged, and the next one still runs.
   * @param round gets a signal that aborts when the work is stopped
   */
  every(
    name: string,
    everyMs: number,
    round: (leaving: AbortSignal) => Promise<void>,
    end?: PeriodicEnd,
  ): void;
  /** Starts no further round; resolves when the running ones have ended. */
  stop(): Promise<void>;
};

/**
 * Creates an empty registry of periodic work. All its work stops together.
 * @param intervals intervals in place of the usual ones, by name, in ms; for tests, which would wait for rounds
 */
export function createPeriodicWork(log: Log, intervals: Readonly<Record<string, number>> = {}): PeriodicWork {
  const leaving = new AbortController();
  const { signal } = leaving;
  const endings: (() => Promise<void>)[] = [];
  return {
    every(name, usualMs, round, { closingMs, afterLast } = {}) {
      const everyMs = intervals[name] ?? usualMs;
      const loop = async () => {
        while (!signal.aborted) {
          await round(signal).catch((error) => logError(log, 'warn', { round: name }, error, 'round failed'));
          const pause = everyMs * (0.75 + Math.random() / 2);
          await sleep(pause, undefined, { signal }).catch(() => undefined);
        }
      };
      const done = loop();
      endings.push(async () => {
        await (closingMs === undefined ? done : waitAtMost(closingMs, done));
        await afterLast?.();
      });
    },
    async stop() {
      leaving.abort();
      await Promise.all(endings.map((end) => end()));
    },
  };
}
