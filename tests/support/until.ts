import { setTimeout as sleep } from 'node:timers/promises';

/** So long a test waits for what must come; no promise about speed. */
const longestMs = 50_000;

/**
 * Looks again and again until there is something, and returns it.
 * @param described says how things stand, when it never comes
 */
export async function until<T>(
  look: () => T | Promise<T>,
  described: () => string = () => look.toString(),
): Promise<NonNullable<T>> {
  const deadline = Date.now() + longestMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`it never came: ${described()}`);
    await sleep(15);
  }
}
