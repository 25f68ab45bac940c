import type { Log } from '../app/ports/log.ts';

/**
 * Number of failures, with the database available, after which an update is dropped: it would block its chat, and
 * Telegram would repeat it for a day.
 */
const maxAttempts = 5;

/** Maximum number of failing updates whose failures are counted; the count of older ones starts again. */
const maxRemembered = 1_000;

/**
 * Returns a function that counts a failure of an update, and resolves to true when the update has failed too often and
 * is given up.
 * @param isDatabaseReachable resolves to false while the database does not answer; a failure is then not caused by the
 * update, and does not count
 */
export function createFailureCounter(
  isDatabaseReachable: () => Promise<boolean>,
  log: Log,
): (updateId: number) => Promise<boolean> {
  const failures = new Map<number, number>();
  return async (updateId) => {
    if (!(await isDatabaseReachable())) return false;
    const count = (failures.get(updateId) ?? 0) + 1;
    failures.delete(updateId);
    if (count >= maxAttempts) {
      log.error({ update: updateId, failures: count }, 'update given up');
      return true;
    }
    failures.set(updateId, count);
    const [oldest] = failures.keys();
    if (failures.size > maxRemembered && oldest !== undefined) failures.delete(oldest);
    return false;
  };
}
