import { performance } from 'node:perf_hooks';
import { JobAborted } from '../../domain/job-aborted.ts';
import type { Job } from '../../domain/transcription.ts';
import { logError } from '../log-error.ts';
import { DatabaseAwayError } from '../ports/database.ts';
import type { JobProgress, Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';

/** Share of the lease after which a worker that cannot reach the database stops its job. */
const selfFenceShare = 0.7;

/**
 * The same share while the database server reports that it is down, because no other worker can claim anything then.
 * Longer than a lease plus the interval between two heartbeats, so that a restart shorter than a lease costs no work.
 */
const selfFenceShareWhileDown = 1.5;

/** Maximum delay before a failed heartbeat is repeated, in ms; less than the sweep waits after a start. */
const beatAgainMs = 250;

/**
 * Interval between checks whether the file is still wanted, in ms. A job whose file was cancelled or deleted stops
 * within it, regardless of the length of leases. A check reads one row by its key.
 */
export const pollIntervalMs = 500;

/** The lease of a job, from the claim to its end. */
type JobLease = {
  /** Aborts with a JobAborted ('lost' or 'cancel'). */
  readonly signal: AbortSignal;
  /** Also compares the clock, for code that runs after a long pause before the signal aborts. */
  isHeld(): boolean;
  /** Returns false once the status message has become the message of a burst. */
  hasStatusMessage(): boolean;
  /** Calls the listener at each check, with true while the status message offers other engines. */
  watchAsking(listener: (isAsking: boolean) => void): void;
  /** Stops the heartbeats. */
  end(): void;
};

/**
 * Renews the lease of a job with a heartbeat every quarter of the lease. A heartbeat follows at once when the user has
 * cancelled or deleted the transcription. A failed heartbeat is repeated soon, so that a restart of the database loses
 * no job.
 * @param progress returns how far the work is, for the admin page
 */
export function holdJobLease(
  { lanes, jobLeaseMs, log }: { lanes: Pick<Lanes, 'heartbeat' | 'checkJob'>; jobLeaseMs: number; log: Log },
  job: Job,
  progress: () => JobProgress | null = () => null,
): JobLease {
  const controller = new AbortController();
  // Not the wall clock, because it may jump.
  let heldSince = performance.now();
  let isBeating = false;
  let isDown = false;
  let isFailing = false;
  let ended = false;
  let again: NodeJS.Timeout | undefined;
  const isOverdue = () =>
    performance.now() - heldSince > jobLeaseMs * (isDown ? selfFenceShareWhileDown : selfFenceShare);
  const beat = async () => {
    if (isOverdue()) controller.abort(new JobAborted('lost'));
    if (isBeating || controller.signal.aborted) return;
    isBeating = true;
    const sentAt = performance.now();
    try {
      const { held, cancel } = await lanes.heartbeat(job, progress());
      if (!held) controller.abort(new JobAborted('lost'));
      else if (cancel) controller.abort(new JobAborted('cancel'));
      else heldSince = sentAt;
      isDown = false;
      isFailing = false;
    } catch (error) {
      isDown = error instanceof DatabaseAwayError && error.isDown;
      if (!ended) again = setTimeout(beat, beatAgainMs * (0.5 + Math.random() / 2));
      const level = isFailing ? 'debug' : 'warn';
      isFailing = true;
      logError(log, level, { transcription: job.id }, error, 'heartbeat failed');
    } finally {
      isBeating = false;
    }
  };
  let isChecking = false;
  let losesMessage = false;
  let onAsking: ((isAsking: boolean) => void) | undefined;
  const check = async () => {
    if (isChecking || controller.signal.aborted) return;
    isChecking = true;
    try {
      const { isWanted, isAsking, hasStatusMessage } = await lanes.checkJob(job.id);
      onAsking?.(isAsking);
      if (!isWanted) await beat();
      else if (!hasStatusMessage) losesMessage = true;
    } catch (error) {
      logError(log, 'debug', { transcription: job.id }, error, 'cancel check failed');
    } finally {
      isChecking = false;
    }
  };
  const timers = [setInterval(beat, jobLeaseMs / 4), setInterval(check, pollIntervalMs)];
  return {
    signal: controller.signal,
    isHeld: () => !controller.signal.aborted && !isOverdue(),
    hasStatusMessage: () => !losesMessage,
    watchAsking(listener) {
      onAsking = listener;
    },
    end() {
      ended = true;
      for (const timer of timers) clearInterval(timer);
      clearTimeout(again);
    },
  };
}
