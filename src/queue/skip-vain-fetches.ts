import type { IQueueBackend } from 'bullmq';

/** BullMQ's result of a fetch that found no job. */
const nothing: unknown[] = [];

/**
 * Skips BullMQ's second fetch after a wait. When BullMQ 6.7 has waited and gets a job, it fetches another one at once
 * for the next slot, almost always in vain. Here that fetch finds nothing without asking: BullMQ then waits again, and
 * on PostgreSQL a wait begins with a fetch, so it ends at once when there is a job. On Redis a marker ends it, and a
 * chaos run found a worker that waited in vain, so no fetch is skipped there (decision 0002). The fetch after a wait
 * always asks. When it finds a second job, there are more, and no fetch is skipped until the queue is empty again.
 * @returns the same backend
 */
export function skipVainFetches<Backend extends IQueueBackend>(backend: Backend): Backend {
  const { moveToActive, moveToCompleted, waitForJob } = backend;
  let wasEmpty = false;
  let skipsNext = false;
  backend.moveToActive = async (...parameters) => {
    if (skipsNext) {
      skipsNext = false;
      return nothing;
    }
    const found = await moveToActive.apply(backend, parameters);
    const isFound = Boolean(found[0]);
    skipsNext = wasEmpty && isFound;
    wasEmpty = !isFound;
    return found;
  };
  backend.waitForJob = (timeout) => {
    skipsNext = false;
    return waitForJob.call(backend, timeout);
  };
  backend.moveToCompleted = async (...parameters) => {
    const completed = await moveToCompleted.apply(backend, parameters as never);
    // The end of a job also looks for the next one.
    if (Array.isArray(completed.result)) wasEmpty = !completed.result[0];
    return completed;
  };
  return backend;
}
