import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves to the result of the work; undefined when it takes longer than `ms`, or rejects. */
export async function waitAtMost<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  const { signal } = timer;
  const late = sleep(ms, undefined, { signal }).catch(() => undefined);
  const result = await Promise.race([work.catch(() => undefined), late]);
  timer.abort();
  return result;
}
