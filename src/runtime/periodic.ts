import { setTimeout as sleep } from 'node:timers/promises';
import { logError } from '../app/log-error.ts';
import type { Log } from '../app/ports/operations.ts';

/**
 * Runs a round about every `everyMs`, with jitter so that processes do not run it at the same time,
 * until it is stopped. A failed round is logged, and the next one still runs.
 * @returns a function that stops it and resolves when the running round has ended
 */
export function runPeriodically(
  name: string,
  everyMs: number,
  round: () => Promise<void>,
  log: Log,
): () => Promise<void> {
  const controller = new AbortController();
  const loop = async () => {
    while (!controller.signal.aborted) {
      await round().catch((error) => logError(log, 'warn', { round: name }, error, 'round failed'));
      const pause = everyMs * (0.75 + Math.random() / 2);
      await sleep(pause, undefined, { signal: controller.signal }).catch(() => undefined);
    }
  };
  const done = loop();
  return async () => {
    controller.abort();
    await done;
  };
}
