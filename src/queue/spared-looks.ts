import type { IQueueBackend } from 'bullmq';

/** BullMQ's result of a look that found no job. */
const nothing: unknown[] = [];

/**
 * Spares a worker of several slots a look for a job that is almost always in vain. When BullMQ 6.7 has waited and gets
 * a job, it looks at once for another one for the next slot. Here that look finds nothing without asking: BullMQ then
 * waits again, and on PostgreSQL a wait begins with a look, so it ends at once when there is a job. On Redis a marker
 * ends it, and a chaos run found a worker that waited in vain, so no look is spared there (decision 0002). The look
 * after a wait always asks. When it finds a second job, there are more, and no look is spared until the queue is empty
 * again.
 * @returns the same backend
 */
export function sparingLooks<Backend extends IQueueBackend>(backend: Backend): Backend {
  const { moveToActive, moveToCompleted, waitForJob } = backend;
  let wasEmpty = false;
  let sparesNext = false;
  backend.moveToActive = async (...parameters) => {
    if (sparesNext) {
      sparesNext = false;
      return nothing;
    }
    const found = await moveToActive.apply(backend, parameters);
    const isFound = Boolean(found[0]);
    sparesNext = wasEmpty && isFound;
    wasEmpty = !isFound;
    return found;
  };
  backend.waitForJob = (timeout) => {
    sparesNext = false;
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
