import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the work has ended, successfully or not, but at most `ms`. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const { signal } = timer;
  await Promise.race([work.catch(() => undefined), sleep(ms, undefined, { signal }).catch(() => undefined)]);
  timer.abort();
}
