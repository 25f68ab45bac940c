/*
 * Background tasks are rows that any process may lease. A process holds one by a lease in the database, so that another
 * one continues when it dies.
 *
 * | task             | renews its lease           | at the end of the process  | gives up                           |
 * | ---------------- | -------------------------- | -------------------------- | ---------------------------------- |
 * | broadcast        | with each message it records| releases it                | a message, after 10 attempts       |
 * | bulk change      | with each batch it records | releases it                | never; one file cannot fail it     |
 * | erasure          | with each batch it deletes | releases it                | never; it must be carried out      |
 * | export           | at intervals               | releases it                | after 5 attempts, and says so      |
 * | answer (outbox)  | at intervals               | its lease expires          | after 100 leases, counted in SQL   |
 * | engine test      | never; it takes 2 minutes  | ends with an error         | after the first attempt            |
 *
 * A wanted model is no such task: every worker follows the wish on its own machine (worker/models.ts).
 *
 * The first three renew their lease in the statement that stores their progress: a process that can no longer store it
 * must lose the task. One step of an export or an answer may take longer than a lease, so theirs is renewed at
 * intervals. The lease of a job (job-lease.ts) also has a fence, and its holder stops by itself when it cannot renew
 * it.
 */

/** Leases tasks and carries them out one after the other, until none is due or `leaving` aborts. */
export async function forEachTask<T>(
  lease: () => Promise<T | null>,
  work: (task: T) => Promise<void>,
  leaving: AbortSignal,
): Promise<void> {
  while (!leaving.aborted) {
    const task = await lease();
    if (task === null) return;
    await work(task);
  }
}

export type TaskLease = {
  /** Aborts when a renewal finds that the task no longer belongs to this process. */
  readonly lost: AbortSignal;
  /**
   * Resolves to false when another process holds the task; asks the database when the last successful renewal is more
   * than two intervals ago. Rejects with a DatabaseAwayError while that is unknown.
   */
  isOurs(): Promise<boolean>;
  /** Stops the renewals. */
  end(): void;
};

/**
 * Renews the lease of a task at intervals. A renewal that fails is no loss: the next one may succeed before the lease
 * expires.
 * @param keep renews the lease; resolves to false when the task no longer belongs to this process
 * @param everyMs interval, in ms
 * @param isHolderUnknown true when another process may hold the task already
 */
export function renewTaskLease(
  keep: () => Promise<boolean>,
  everyMs: number,
  isHolderUnknown = false,
): TaskLease {
  const lost = new AbortController();
  // Not the wall clock, because it may jump.
  let heldSince = isHolderUnknown ? Number.NEGATIVE_INFINITY : performance.now();
  const renew = async () => {
    const begunAt = performance.now();
    const isOurs = await keep();
    heldSince = isOurs ? begunAt : Number.NEGATIVE_INFINITY;
    if (!isOurs) lost.abort();
    return isOurs;
  };
  const timer = setInterval(() => void renew().catch(() => undefined), everyMs);
  return {
    lost: lost.signal,
    isOurs: async () => performance.now() - heldSince < 2 * everyMs || renew(),
    end: () => clearInterval(timer),
  };
}
