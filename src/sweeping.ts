import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './app/ports/operations.ts';
import { toDabirError } from './domain/errors.ts';

/**
 * Does a round of mending about every `everyMs`, with jitter so that many processes do not come at once, until
 * stopped. A round that fails is logged; the next comes all the same.
 * @returns a function that stops it and resolves when the round under way has ended
 */
export function repeat(
  name: string,
  everyMs: number,
  round: () => Promise<void>,
  log: Log,
): () => Promise<void> {
  const controller = new AbortController();
  const loop = async () => {
    while (!controller.signal.aborted) {
      await round().catch((error) =>
        log.warn({ round: name, cause: toDabirError(error).message }, 'round failed'),
      );
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
