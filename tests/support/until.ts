import { setTimeout as sleep } from 'node:timers/promises';

/** Default time limit, in ms: below the test timeout of 60 s. It promises nothing about speed. */
const maxWaitMs = 50_000;

/** Pauses between two looks, in ms. A look at a database takes processor time, of which its pause leaves three quarters. */
const pauseMs = { least: 15, most: 250, perLook: 3 };

/**
 * Polls `look` until it returns something truthy, and returns that.
 * @param described describes the state at the time limit, for the error message
 * @param limitMs maximum time to wait, in ms
 * @throws Error when the limit passes first
 */
export async function until<T>(
  look: () => T | Promise<T>,
  described: () => string = () => look.toString(),
  limitMs = maxWaitMs,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const lookedAt = performance.now();
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`not reached within ${limitMs} ms: ${described()}`);
    const tookMs = performance.now() - lookedAt;
    await sleep(Math.min(pauseMs.most, Math.max(pauseMs.least, pauseMs.perLook * tookMs)));
  }
}
